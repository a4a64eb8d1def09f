package io.sparklrp.spark.spread;

import io.sparklrp.spark.job.RunningTasks;
import io.sparklrp.spark.job.StatusLine;
import io.sparklrp.spark.tally.RunCounters;
import java.io.PrintStream;
import org.apache.spark.SparkContext;

/** Says how far a run is, in a {@link StatusLine}: in the log a line a minute. */
public final class ProgressLine implements AutoCloseable {
  private static final long MINUTE = 60;

  private final SparkContext context;
  private final RunCounters counters;
  private final RunningTasks running = new RunningTasks();
  private final Pace pace;
  private final StatusLine status;

  private ProgressLine(
      SparkContext context, RunCounters counters, PartitionPlan plan, PrintStream terminal) {
    this.context = context;
    this.counters = counters;
    this.pace = new Pace(plan.records(), plan.operations(), seconds());
    context.addSparkListener(running);
    this.status = StatusLine.start(() -> line(seconds()), MINUTE, terminal);
  }

  /** Starts to tell of a run. */
  public static ProgressLine start(SparkContext context, RunCounters counters, PartitionPlan plan) {
    return start(context, counters, plan, StatusLine.terminal());
  }

  /**
   * Starts to tell of a run.
   *
   * @param terminal where the line is drawn; null to write to the log
   */
  public static ProgressLine start(
      SparkContext context, RunCounters counters, PartitionPlan plan, PrintStream terminal) {
    return new ProgressLine(context, counters, plan, terminal);
  }

  private static double seconds() {
    return System.nanoTime() / 1e9;
  }

  /** What is to be said now. */
  String line(double now) {
    pace.add(
        new Pace.Mark(
            now,
            running.value(counters.records()),
            1e6 * running.value(counters.work()),
            running.value(counters.tokens()),
            running.value(counters.errors())));
    return pace.line(now);
  }

  @Override
  public void close() {
    status.close();
    context.removeSparkListener(running);
  }
}
