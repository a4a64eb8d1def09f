package io.sparklrp.evaluation;

/** A curve over the tenths of a record's tokens. */
public final class Curve {
  private static final double WIDTH = 1.0 / (Tenths.POINTS - 1);

  private Curve() {}

  /** The area below it, by trapezoids. */
  public static double area(double... points) {
    if (points.length != Tenths.POINTS) {
      throw new IllegalArgumentException("A curve has " + Tenths.POINTS + " points.");
    }
    double sum = (points[0] + points[points.length - 1]) / 2;
    for (int point = 1; point < points.length - 1; point++) {
      sum += points[point];
    }
    return sum * WIDTH;
  }

  /** Sum over classes of the squared difference of two records' logits. */
  public static double squaredDifference(float[] logits, float... others) {
    double sum = 0;
    for (int i = 0; i < logits.length; i++) {
      double difference = (double) logits[i] - others[i];
      sum += difference * difference;
    }
    return sum;
  }
}
