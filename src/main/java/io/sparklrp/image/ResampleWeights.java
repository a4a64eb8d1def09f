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

  /** Weights of longer axes are many, and calculated whenever they are asked for. */
  private static final int LONGEST_KEPT = 1 << 18;

  private final int from;
  private final double scale;
  private final double widening;
  private final Resampling resampling;
  private final int[][] kept;

  /**
   * The weights.
   *
   * @param from number of input positions
   * @param to number of output positions
   */
  ResampleWeights(int from, int to, Resampling resampling) {
    this.from = from;
    this.scale = (double) from / to;
    this.widening = Math.max(scale, 1);
    this.resampling = resampling;
    this.kept = new int[Math.max(from, to) > LONGEST_KEPT ? 0 : to][];
  }

  private double center(int position) {
    return (position + 0.5) * scale;
  }

  private double support() {
    return resampling.support() * widening;
  }

  /** The first input position that an output position takes from. */
  int first(int position) {
    return Math.max((int) (center(position) - support() + 0.5), 0);
  }

  /** The input position behind the last that an output position takes from. */
  int end(int position) {
    return Math.min((int) (center(position) + support() + 0.5), from);
  }

  /** At least as many as any output position takes from. */
  int most() {
    return (int) Math.min(from, 2 * support() + 2);
  }

  /** The weights of an output position, for the first input position and those after it. */
  int[] weights(int position) {
    if (position >= kept.length) {
      return calculated(position);
    }
    if (kept[position] == null) {
      kept[position] = calculated(position);
    }
    return kept[position];
  }

  private int[] calculated(int position) {
    int first = first(position);
    double[] exact = new double[end(position) - first];
    for (int k = 0; k < exact.length; k++) {
      exact[k] = resampling.weight((k + first - center(position) + 0.5) * (1 / widening));
    }
    return fixedPoint(exact);
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

  /** A weighted sum as a value from 0 to 255; the sum has begun with {@link #HALF}. */
  static byte clip(int sum) {
    return (byte) Math.max(0, Math.min(255, sum >> PRECISION_BITS));
  }
}
