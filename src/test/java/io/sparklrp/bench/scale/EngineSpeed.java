package io.sparklrp.bench.scale;

import java.util.List;

/**
 * What one core computes in a second.
 *
 * @param weights products with weights a second
 * @param attention products of tokens with tokens a second, which stay float32
 */
record EngineSpeed(double weights, double attention) {
  /**
   * The speed that explains measured times best: least squares of relative errors over {@code t(L)
   * = x productsOfToken + y L productsOfPair}.
   */
  static EngineSpeed fit(ModelShape shape, List<BenchTime> times, String precision) {
    double aa = 0;
    double ab = 0;
    double bb = 0;
    double a1 = 0;
    double b1 = 0;
    for (BenchTime time : times) {
      double seconds = time.secondsOfToken(precision);
      double a = shape.productsOfToken() / seconds;
      double b = shape.productsOfPair() * time.tokens() / seconds;
      aa += a * a;
      ab += a * b;
      bb += b * b;
      a1 += a;
      b1 += b;
    }
    double determinant = aa * bb - ab * ab;
    return new EngineSpeed(determinant / (a1 * bb - b1 * ab), determinant / (b1 * aa - a1 * ab));
  }

  /** Seconds of a record of so many tokens. */
  double seconds(ModelShape shape, double tokens) {
    return (shape.productsOfToken() * tokens + shape.productsOfRecord()) / weights
        + shape.productsOfPair() * tokens * tokens / attention;
  }
}
