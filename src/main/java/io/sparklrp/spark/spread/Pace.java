package io.sparklrp.spark.spread;

import io.sparklrp.error.Counted;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/**
 * How far a run is, how quickly it goes and when it ends: the rate is that of the last minute, so
 * that neither its start nor a pause long ago counts.
 */
public final class Pace {
  private static final double WINDOW_SECONDS = 60;

  private final long records;
  private final double operations;
  private final Deque<Mark> marks = new ArrayDeque<>();

  /**
   * What is done at a time.
   *
   * @param seconds the time
   * @param operations estimated for what is done
   */
  record Mark(double seconds, long records, double operations, long tokens, long errors) {}

  /**
   * The pace of a run that has begun.
   *
   * @param records of all of it
   * @param operations the same
   * @param seconds the time
   */
  Pace(long records, double operations, double seconds) {
    this.records = records;
    this.operations = operations;
    marks.add(new Mark(seconds, 0, 0, 0, 0));
  }

  /** Something was looked at: of marks at which nothing moved the first is kept. */
  void add(Mark mark) {
    if (mark.tokens() != last().tokens() || mark.operations() != last().operations()) {
      marks.addLast(mark);
    }
    while (marks.size() > 2 && last().seconds() - marks.peekFirst().seconds() > WINDOW_SECONDS) {
      marks.removeFirst();
    }
  }

  private Mark last() {
    return marks.peekLast();
  }

  /** Which share of the work is done. */
  double share() {
    return operations <= 0 ? 0 : Math.max(0, Math.min(1, last().operations() / operations));
  }

  /** Tokens a second; none where more was lost with executors than was done. */
  double tokensPerSecond() {
    return Math.max(0, last().tokens() - marks.peekFirst().tokens()) / window();
  }

  /** Seconds left from a time on; infinite where nothing was done, or more was lost. */
  double secondsLeft(double now) {
    double done = Math.max(0, last().operations() - marks.peekFirst().operations());
    double rate = done / window();
    double left = Math.max(0, operations - last().operations()) / rate;
    return Math.max(0, left - (now - last().seconds()));
  }

  private double window() {
    return Math.max(1e-3, last().seconds() - marks.peekFirst().seconds());
  }

  /** A line. */
  String line(double now) {
    if (last().tokens() == 0) {
      return String.format(Locale.ROOT, "0 of %,d records, starting", records);
    }
    return String.format(
        Locale.ROOT,
        "%.0f %%, %,d of %,d records, %,.0f tokens/s, %s, %s left",
        Math.floor(100 * share()),
        Math.min(records, last().records()),
        records,
        tokensPerSecond(),
        Counted.of(last().errors(), "error"),
        duration(secondsLeft(now)));
  }

  /** A duration in two units at most. */
  public static String duration(double seconds) {
    if (!(seconds < 1e9)) {
      return "some time";
    }
    long whole = Math.round(seconds);
    if (whole < 60) {
      return whole + " s";
    }
    long minutes = Math.round(seconds / 60);
    if (minutes < 60) {
      return minutes < 10
          ? String.format("%d min %02d s", whole / 60, whole % 60)
          : minutes + " min";
    }
    return String.format("%d h %02d min", minutes / 60, minutes % 60);
  }
}
