package io.sparklrp.evaluation;

import org.apache.commons.math3.stat.correlation.SpearmansCorrelation;

/** Spearman's rank correlation. */
final class RankCorrelation {
  private RankCorrelation() {}

  /** Of two rows of numbers; not a number where one of them is all the same, or of one number. */
  static double of(double[] a, double... b) {
    return a.length < 2 ? Double.NaN : new SpearmansCorrelation().correlation(a, b);
  }
}
