package io.sparklrp.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * Lets a command end in good order when its JVM is told to end, by Ctrl-C or by a scheduler: its
 * jobs are cancelled, and Spark stays until the command has said what is kept. The JVM's exit code
 * is that of the signal: 130 or 143.
 */
final class CommandEnd implements AutoCloseable {
  private static final int BEFORE_SPARK_STOPS = 100;
  private static final int PATIENCE_SECONDS = 60;

  private final CountDownLatch ended = new CountDownLatch(1);
  private final Runnable hook = this::cancelAndWait;
  private final boolean isGuest = CommandSession.isSparkRunning();

  private CommandEnd() {
    if (!isGuest) {
      ShutdownHookManager.get()
          .addShutdownHook(hook, BEFORE_SPARK_STOPS, PATIENCE_SECONDS + 1L, TimeUnit.SECONDS);
    }
  }

  /** The end of the command that begins now; where Spark is another's, so is its end. */
  static CommandEnd awaited() {
    return new CommandEnd();
  }

  /** Whether the JVM is about to end. */
  static boolean isJvmEnding() {
    return ShutdownHookManager.get().isShutdownInProgress();
  }

  private void cancelAndWait() {
    if (ended.getCount() == 0 || !CommandSession.isSparkRunning()) {
      return;
    }
    SparkContext context = SparkSession.builder().getOrCreate().sparkContext();
    if (context.statusTracker().getActiveJobIds().length == 0) {
      return; // nothing is being written
    }
    context.cancelAllJobs();
    try {
      boolean inTime = ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (!inTime) {
        System.err.println("spark-lrp: The run did not end in time, and is ended.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    ended.countDown();
    if (!isGuest && !isJvmEnding()) {
      ShutdownHookManager.get().removeShutdownHook(hook);
    }
  }
}
