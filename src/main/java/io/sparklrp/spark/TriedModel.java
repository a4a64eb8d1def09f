package io.sparklrp.spark;

import io.sparklrp.explain.ExplainSpec;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * A model that was sent to the executors and is tried there while the driver looks at the records.
 * To be closed.
 *
 * @param shipped what was sent
 * @param trial what is found
 */
record TriedModel(ShippedSpec shipped, Ahead<BatchCheckTask.Found> trial) implements AutoCloseable {

  /** Sends a model and begins to try it. */
  static TriedModel start(SparkSession session, ExplainSpec spec) {
    ShippedSpec shipped =
        ShippedSpec.send(spec, JavaSparkContext.fromSparkContext(session.sparkContext()));
    return new TriedModel(
        shipped,
        Ahead.start(
            "the model's trial",
            () -> {
              JobDescription.say(
                  session.sparkContext(), "Spark LRP: try the model alone and in batches");
              return BatchCheckTask.run(session, shipped);
            }));
  }

  /** What was found; waits for it, and throws what the trial threw. */
  BatchCheckTask.Found found() {
    return trial.get();
  }

  /** Waits for a trial that goes on, so that nothing is read that is taken back. */
  @Override
  public void close() {
    trial.end();
    shipped.destroy();
  }
}
