package io.sparklrp.spark.task;

import io.sparklrp.error.JobFailedException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.spark.ExceptionFailure;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/**
 * Ends a stage at the first record that fails, where that is wanted: Spark would have the task
 * tried again, to fail at the same record.
 */
public final class FirstFailure extends SparkListener {
  private final SparkContext context;
  private final String runId;
  private final AtomicReference<String> message = new AtomicReference<>();

  private FirstFailure(SparkContext context, String runId) {
    this.context = context;
    this.runId = runId;
  }

  /**
   * Does something, whose tasks end at the first record that fails.
   *
   * @param runId of the run whose records count
   * @throws JobFailedException what that record's task threw
   */
  public static <T> T ends(SparkContext context, String runId, Supplier<T> action) {
    FirstFailure listener = new FirstFailure(context, runId);
    context.addSparkListener(listener);
    try {
      return action.get();
    } catch (Exception e) { // Spark's own are checked, but Scala does not declare them
      String message = listener.message.get();
      if (message != null) {
        throw new JobFailedException(message, e);
      }
      throw e;
    } finally {
      context.removeSparkListener(listener);
    }
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    if (end.reason() instanceof ExceptionFailure failure) {
      FailedRecordException.messageIn(failure.toErrorString(), runId)
          .ifPresent(
              found -> {
                if (message.compareAndSet(null, found)) {
                  context.cancelStage(end.stageId());
                }
              });
    }
  }
}
