package io.sparklrp.report;

import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Where amounts are drawn, from the left (0 %) to the right (100 %). All bars of one axis are
 * comparable.
 *
 * @param low the amount at the left
 * @param high the amount at the right
 */
public record Axis(double low, double high) {
  private static final double ALL = 100;

  /**
   * One that has room for all of some amounts, and for 0. Those that are no numbers are left out.
   */
  public static Axis of(DoubleStream amounts) {
    double[] ends = {0, 0};
    amounts
        .filter(Double::isFinite)
        .forEach(
            amount -> {
              ends[0] = Math.min(ends[0], amount);
              ends[1] = Math.max(ends[1], amount);
            });
    return ends[0] == ends[1] ? new Axis(0, 1) : new Axis(ends[0], ends[1]);
  }

  /** One with 0 in the middle. */
  public static Axis around(DoubleStream amounts) {
    Axis axis = of(amounts);
    double far = Math.max(-axis.low, axis.high);
    return new Axis(-far, far);
  }

  private double at(double amount) {
    return ALL * (Math.max(low, Math.min(high, amount)) - low) / (high - low);
  }

  /** From 0 to an amount. */
  public Bar bar(double amount) {
    return between(0, amount, amount < 0 ? Bar.Kind.AGAINST : Bar.Kind.FOR);
  }

  /** From one amount to another, which is reached by adding. */
  public Bar step(double from, double to) {
    return between(from, to, to < from ? Bar.Kind.AGAINST : Bar.Kind.FOR);
  }

  /** What an amount is known to. */
  public Bar interval(double from, double to) {
    return between(from, to, Bar.Kind.INTERVAL);
  }

  /** Where 0 is. */
  public Bar zero() {
    return between(0, 0, Bar.Kind.ZERO);
  }

  /** An amount from 0, and its interval. */
  public List<Bar> bars(Measure measure) {
    return measure.hasInterval()
        ? List.of(zero(), bar(measure.amount()), interval(measure.low(), measure.high()))
        : List.of(zero(), bar(measure.amount()));
  }

  private Bar between(double from, double to, Bar.Kind kind) {
    double left = at(Math.min(from, to));
    return new Bar(kind, left, at(Math.max(from, to)) - left);
  }
}
