package io.sparklrp.image;

/**
 * What each output position of one axis takes from which input positions.
 *
 * <p>These are Pillow's weights (libImaging/Resample.c): the filter is widened by the scale when
 * there are fewer positions than before, the weights of a position add up to 1, and they are
 * rounded to fixed point numbers.
 */
final class ResampleWeights {
  /** Bits behind the point: of 32, 8 are the result's and 2 are for sums below 0 and above 1. */
  static final int PRECISION_BITS = 32 - 8 - 2;

  /** What a sum begins with, so that it is rounded and not cut. */
  static final int HALF = 1 << (PRECISION_BITS - 1);

  private final int[] first;
  private final int[][] weights;

  private ResampleWeights(int[] first, int[][] weights) {
    this.first = first;
    this.weights = weights;
  }

  /**
   * The weights.
   *
   * @param from number of input positions
   * @param to number of output positions
   */
  static ResampleWeights of(int from, int to, Resampling resampling) {
    int[] first = new int[to];
    int[][] weights = new int[to][];
    double scale = (double) from / to;
    double widening = Math.max(scale, 1);
    double support = resampling.support() * widening;
    for (int i = 0; i < to; i++) {
      double center = (i + 0.5) * scale;
      first[i] = Math.max((int) (center - support + 0.5), 0);
      int end = Math.min((int) (center + support + 0.5), from);
      double[] exact = new double[end - first[i]];
      for (int k = 0; k < exact.length; k++) {
        exact[k] = resampling.weight((k + first[i] - center + 0.5) * (1 / widening));
      }
      weights[i] = fixedPoint(exact);
    }
    return new ResampleWeights(first, weights);
  }

  private static int[] fixedPoint(double[] exact) {
    double sum = 0;
    for (double weight : exact) {
      sum += weight;
    }
    int[] fixed = new int[exact.length];
    for (int k = 0; k < fixed.length; k++) {
      double weight = sum == 0 ? exact[k] : exact[k] / sum;
      fixed[k] = (int) ((weight < 0 ? -0.5 : 0.5) + weight * (1 << PRECISION_BITS));
    }
    return fixed;
  }

  /** The first input position that an output position takes from. */
  int first(int position) {
    return first[position];
  }

  /** The weights of an output position, for the first input position and those after it. */
  int[] weights(int position) {
    return weights[position];
  }

  /** A weighted sum as a value from 0 to 255; the sum has begun with {@link #HALF}. */
  static byte clip(int sum) {
    return (byte) Math.max(0, Math.min(255, sum >> PRECISION_BITS));
  }
}
