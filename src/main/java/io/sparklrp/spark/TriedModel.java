package io.sparklrp.spark;

import io.sparklrp.explain.ExplainSpec;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * A model that was sent to the executors and is tried there while the driver looks at the records.
 * To be closed.
 */
final class TriedModel implements AutoCloseable {
  private final ShippedSpec shipped;
  private final FutureTask<BatchCheckTask.Found> trial;
  private final Thread thread;

  private TriedModel(ShippedSpec shipped, FutureTask<BatchCheckTask.Found> trial) {
    this.shipped = shipped;
    this.trial = trial;
    this.thread = new Thread(trial, "spark-lrp-trial");
    thread.setDaemon(true);
  }

  /** Sends a model and begins to try it. */
  static TriedModel start(SparkSession session, ExplainSpec spec) {
    ShippedSpec shipped =
        ShippedSpec.send(spec, JavaSparkContext.fromSparkContext(session.sparkContext()));
    FutureTask<BatchCheckTask.Found> trial =
        new FutureTask<>(
            () -> {
              JobDescription.say(
                  session.sparkContext(), "Spark LRP: try the model alone and in batches");
              return BatchCheckTask.run(session, shipped);
            });
    TriedModel tried = new TriedModel(shipped, trial);
    tried.thread.start();
    return tried;
  }

  /** What was sent. */
  ShippedSpec shipped() {
    return shipped;
  }

  /** What was found; waits for it, and throws what the trial threw. */
  BatchCheckTask.Found found() {
    try {
      return trial.get();
    } catch (ExecutionException e) {
      throw TriedModel.<RuntimeException>as(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Cannot wait for the model to be tried: interrupted.", e);
    }
  }

  /** Spark's own exceptions are checked, but Scala does not declare them. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // it is thrown as it is
  private static <T extends Throwable> T as(Throwable cause) throws T {
    throw (T) cause;
  }

  /** Waits for a trial that goes on, so that nothing is read that is taken back. */
  @Override
  public void close() {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    shipped.destroy();
  }
}
