package io.sparklrp.report;

import java.util.Locale;

/** Numbers as they are written on a page. */
public final class Amount {
  private static final double SMALL = 0.005;
  private static final double LARGE = 1e5;

  private Amount() {}

  /** An amount in units of the score, with its sign. */
  public static String signed(double amount) {
    double size = Math.abs(amount);
    boolean isPlain = size == 0 || (size >= SMALL && size < LARGE);
    return String.format(Locale.ROOT, isPlain ? "%+.2f" : "%+.0e", amount).replace('-', '−');
  }

  /** The size of an amount, without a sign. */
  public static String unsigned(double size) {
    return signed(Math.abs(size)).substring(1);
  }

  /** A part of a whole. */
  public static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share).replace('-', '−');
  }

  /** A difference of parts of a whole, with its sign. */
  public static String signedPercent(double difference) {
    return String.format(Locale.ROOT, "%+.1f %%", 100 * difference).replace('-', '−');
  }
}
