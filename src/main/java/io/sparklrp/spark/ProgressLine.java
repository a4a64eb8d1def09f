package io.sparklrp.spark;

import java.io.PrintStream;
import java.lang.System.Logger.Level;
import java.util.Timer;
import java.util.TimerTask;
import java.util.function.Consumer;
import org.apache.spark.SparkContext;

/**
 * Says how far a run is: on a terminal in one line that is drawn again every second, elsewhere in
 * the log, a line a minute.
 */
final class ProgressLine implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("io.sparklrp.progress");
  private static final long SECOND = 1000;
  private static final long MINUTE = 60 * SECOND;

  /** Back to the line's start, and away with what is behind what is written. */
  private static final String AGAIN = "\r";

  private static final String CLEAR = "\u001b[K";

  private final SparkContext context;
  private final RunCounters counters;
  private final RunningTasks running = new RunningTasks();
  private final Pace pace;
  private final Timer timer = new Timer("progress", true);
  private final PrintStream terminal;

  private ProgressLine(
      SparkContext context, RunCounters counters, PartitionPlan plan, PrintStream terminal) {
    this.context = context;
    this.counters = counters;
    this.pace = new Pace(plan.records(), plan.operations(), seconds());
    this.terminal = terminal;
    context.addSparkListener(running);
    timer.scheduleAtFixedRate(every(this::look), SECOND, SECOND);
    if (terminal == null) {
      timer.scheduleAtFixedRate(every(now -> LOG.log(Level.INFO, line(now))), MINUTE, MINUTE);
    }
  }

  /** Starts to tell of a run. */
  @SuppressWarnings(
      "SystemConsoleNull") // from JDK 22 on a console is always there: then TERM alone tells
  static ProgressLine start(SparkContext context, RunCounters counters, PartitionPlan plan) {
    boolean isTerminal = System.console() != null && System.getenv("TERM") != null;
    return start(context, counters, plan, isTerminal ? System.err : null);
  }

  /**
   * Starts to tell of a run.
   *
   * @param terminal where the line is drawn; null to write to the log
   */
  static ProgressLine start(
      SparkContext context, RunCounters counters, PartitionPlan plan, PrintStream terminal) {
    return new ProgressLine(context, counters, plan, terminal);
  }

  private static double seconds() {
    return System.nanoTime() / 1e9;
  }

  private static TimerTask every(Consumer<Double> told) {
    return new TimerTask() {
      @Override
      public void run() {
        told.accept(seconds());
      }
    };
  }

  private void look(double now) {
    String line = line(now);
    if (terminal != null) {
      terminal.print(AGAIN + line + CLEAR);
      terminal.flush();
    }
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

  /** The line goes: what was done is said by others. */
  @Override
  public void close() {
    timer.cancel();
    context.removeSparkListener(running);
    if (terminal != null) {
      terminal.print(AGAIN + CLEAR);
      terminal.flush();
    }
  }
}
