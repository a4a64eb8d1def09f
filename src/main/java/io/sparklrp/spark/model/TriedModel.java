package io.sparklrp.spark.model;

import io.sparklrp.explain.ExplainSpec;
import io.sparklrp.spark.job.Ahead;
import io.sparklrp.spark.job.JobDescription;
import io.sparklrp.spark.task.BatchCheckTask;
import io.sparklrp.spark.task.ShippedSpec;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * A model that was sent to the executors and is tried there while the driver looks at the records.
 * To be closed.
 *
 * @param shipped what was sent
 * @param reference the same in float32; empty where that is it
 * @param trial what is found
 */
public record TriedModel(
    ShippedSpec shipped, Optional<ShippedSpec> reference, Ahead<BatchCheckTask.Found> trial)
    implements AutoCloseable {

  /**
   * Sends a model and begins to try it.
   *
   * @param reference the same in float32; empty where that is it
   */
  public static TriedModel start(
      SparkSession session, ExplainSpec spec, Optional<ExplainSpec> reference) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
    ShippedSpec shipped = ShippedSpec.send(spec, context);
    Optional<ShippedSpec> full = reference.map(other -> ShippedSpec.send(other, context));
    return new TriedModel(
        shipped,
        full,
        Ahead.start(
            "the model's trial",
            () -> {
              JobDescription.say(
                  session.sparkContext(), "Spark LRP: try the model alone and in batches");
              return BatchCheckTask.run(session, shipped, full.orElse(shipped));
            }));
  }

  /** What was found; waits for it, and throws what the trial threw. */
  public BatchCheckTask.Found found() {
    return trial.get();
  }

  /** What is found on records, where results are compared with those of float32. */
  public ModelTrial on(ModelTrial.Subject subject) {
    BatchCheckTask.Found found = found();
    return reference
        .map(full -> ModelTrial.compared(subject, found, full, shipped))
        .orElseGet(() -> ModelTrial.of(found.batching()));
  }

  /** Takes back what results are compared with, after that was done. */
  public void endReference() {
    reference.ifPresent(ShippedSpec::destroy);
  }

  /** Waits for a trial that goes on, so that nothing is read that is taken back. */
  @Override
  public void close() {
    trial.end();
    endReference();
    shipped.destroy();
  }
}
