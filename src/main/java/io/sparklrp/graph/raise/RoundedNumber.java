package io.sparklrp.graph.raise;

/**
 * Whether a stored number is a known constant: as float32 has it, or rounded to half precision or
 * bfloat16, up or down.
 */
final class RoundedNumber {
  /** Constants are written down with as few as four digits. */
  private static final double WRITTEN = 1e-4;

  private static final int HALF_BITS = 10;
  private static final int HALF_LEAST_EXPONENT = -14;
  private static final int BFLOAT_BITS = 7;

  private RoundedNumber() {}

  /** Whether a number stands for the wanted one. */
  static boolean is(double number, double wanted) {
    return Math.abs(number - wanted) <= WRITTEN * Math.abs(wanted)
        || isNext(number, wanted, HALF_BITS)
        || isNext(number, wanted, BFLOAT_BITS);
  }

  /** The same for a factor, which may be stored as a divisor. */
  static boolean isFactor(double number, double wanted) {
    return is(number, wanted) || is(1 / number, 1 / wanted);
  }

  /** Whether a number has so few bits, and of those numbers is one of the two next to another. */
  private static boolean isNext(double number, double wanted, int bits) {
    int exponent = Math.max(Math.getExponent(wanted), HALF_LEAST_EXPONENT);
    double unit = Math.scalb(1.0, exponent - bits);
    return Math.abs(number - wanted) < unit && Math.rint(number / unit) == number / unit;
  }
}
