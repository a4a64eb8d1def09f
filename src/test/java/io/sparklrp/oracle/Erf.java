package io.sparklrp.oracle;

/**
 * The error function to double precision: Maclaurin's series inside 3, Laplace's continued fraction
 * outside.
 */
final class Erf {
  private Erf() {}

  static double of(double x) {
    double size = Math.abs(x);
    double value = size < 3 ? series(size) : 1 - complement(size);
    return Math.copySign(value, x);
  }

  private static double series(double x) {
    double term = x;
    double sum = x;
    for (int n = 1; Math.abs(term) > 1e-20 && n < 200; n++) {
      term *= -x * x / n;
      sum += term / (2 * n + 1);
    }
    return 2 / Math.sqrt(Math.PI) * sum;
  }

  private static double complement(double x) {
    double fraction = 0;
    for (int k = 120; k >= 1; k--) {
      fraction = k / 2.0 / (x + fraction);
    }
    return Math.exp(-x * x) / Math.sqrt(Math.PI) / (x + fraction);
  }
}
