package io.sparklrp.spark.job;

import java.io.PrintStream;
import java.lang.System.Logger.Level;
import java.util.Timer;
import java.util.TimerTask;
import java.util.function.Supplier;

/**
 * A line that says how far something is: on a terminal drawn again every second, elsewhere written
 * to the log now and then.
 */
public final class StatusLine implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("io.sparklrp.progress");
  private static final long SECOND = 1000;

  /** Back to the line's start, and away with what is behind what is written. */
  private static final String AGAIN = "\r";

  private static final String CLEAR = "\u001b[K";

  private final Supplier<String> line;
  private final PrintStream terminal;
  private final Timer timer = new Timer("progress", true);
  private boolean isClosed;

  private StatusLine(Supplier<String> line, long secondsOfLog, PrintStream terminal) {
    this.line = line;
    this.terminal = terminal;
    timer.scheduleAtFixedRate(task(this::look), SECOND, SECOND);
    if (terminal == null) {
      long period = secondsOfLog * SECOND;
      timer.scheduleAtFixedRate(task(() -> LOG.log(Level.INFO, line.get())), period, period);
    }
  }

  /**
   * Starts to say it.
   *
   * @param line is asked every second
   * @param secondsOfLog between two lines of the log, which are written where there is no terminal
   */
  public static StatusLine start(Supplier<String> line, long secondsOfLog) {
    return start(line, secondsOfLog, terminal());
  }

  /**
   * Starts to say it.
   *
   * @param terminal where the line is drawn; null to write to the log
   */
  public static StatusLine start(Supplier<String> line, long secondsOfLog, PrintStream terminal) {
    return new StatusLine(line, secondsOfLog, terminal);
  }

  /** Standard error where somebody watches it; null elsewhere. */
  @SuppressWarnings(
      "SystemConsoleNull") // from JDK 22 on a console is always there: then TERM alone tells
  public static PrintStream terminal() {
    boolean isTerminal = System.console() != null && System.getenv("TERM") != null;
    return isTerminal ? System.err : null;
  }

  private static TimerTask task(Runnable run) {
    return new TimerTask() {
      @Override
      public void run() {
        run.run();
      }
    };
  }

  private void look() {
    String now = line.get();
    if (terminal != null) {
      draw(now);
    }
  }

  /** Not after the line has gone: a task of the timer that runs then runs to its end. */
  private synchronized void draw(String now) {
    if (!isClosed) {
      terminal.print(AGAIN + now + CLEAR);
      terminal.flush();
    }
  }

  /** The line goes: what was done is said by others. */
  @Override
  public synchronized void close() {
    timer.cancel();
    isClosed = true;
    if (terminal != null) {
      terminal.print(AGAIN + CLEAR);
      terminal.flush();
    }
  }
}
