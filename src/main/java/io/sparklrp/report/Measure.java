package io.sparklrp.report;

/**
 * An amount that is drawn, in units of the score.
 *
 * @param amount from 0
 * @param low end of the interval that it is known to; null where none is known
 * @param high likewise
 */
public record Measure(double amount, Double low, Double high) {
  /** Whether an interval is known. */
  boolean hasInterval() {
    return low != null && high != null;
  }

  /** As it is written. */
  String written() {
    String text = Amount.signed(amount);
    return hasInterval()
        ? String.format("%s (%s, %s)", text, Amount.signed(low), Amount.signed(high))
        : text;
  }
}
