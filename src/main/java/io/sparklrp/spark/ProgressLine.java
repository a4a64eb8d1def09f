package io.sparklrp.spark;

import java.io.PrintStream;
import java.util.Timer;
import java.util.TimerTask;

/**
 * One line on a terminal that says how far a run is; nothing where errors do not go to a terminal.
 */
final class ProgressLine implements AutoCloseable {
  private static final long EVERY_MILLIS = 1000;

  private final Timer timer = new Timer("progress", true);
  private final PrintStream out;
  private final boolean shown;

  private ProgressLine(RunCounters counters, long records, PrintStream out, boolean shown) {
    this.out = out;
    this.shown = shown;
    if (shown) {
      timer.scheduleAtFixedRate(task(counters, records), EVERY_MILLIS, EVERY_MILLIS);
    }
  }

  /** Starts a line for a run over that many records. */
  @SuppressWarnings(
      "SystemConsoleNull") // from JDK 22 on a console is always there: then TERM alone tells
  static ProgressLine start(RunCounters counters, long records) {
    return new ProgressLine(
        counters, records, System.err, System.console() != null && System.getenv("TERM") != null);
  }

  private TimerTask task(RunCounters counters, long records) {
    long started = System.nanoTime();
    return new TimerTask() {
      @Override
      public void run() {
        double seconds = (System.nanoTime() - started) / 1e9;
        out.printf(
            "\r%,d of %,d records, %,.0f tokens/s, %d errors ",
            counters.records(), records, counters.tokens() / seconds, counters.errors());
        out.flush();
      }
    };
  }

  @Override
  public void close() {
    timer.cancel();
    if (shown) {
      out.println();
    }
  }
}
