package io.sparklrp.bench.scale;

/**
 * How much work to do between two points to which a failure can go back, by theory.
 *
 * <p>Young, "A first order approximation to the optimum checkpoint interval" (1974); Daly, "A
 * higher order estimate of the optimum checkpoint interval for restart dumps" (2006), equation 37.
 */
final class CheckpointInterval {
  private CheckpointInterval() {}

  /**
   * Young's, in seconds.
   *
   * @param cost seconds that such a point costs
   * @param mtbf mean seconds between failures
   */
  static double young(double cost, double mtbf) {
    return Math.sqrt(2 * cost * mtbf);
  }

  /** Daly's, in seconds: the same but for costs that are no longer small. */
  static double daly(double cost, double mtbf) {
    if (cost >= 2 * mtbf) {
      return mtbf;
    }
    double part = Math.sqrt(cost / (2 * mtbf));
    return young(cost, mtbf) * (1 + part / 3 + part * part / 9) - cost;
  }

  /** The share of the work that such points and failures add, to first order. */
  static double overhead(double interval, double cost, double mtbf) {
    return cost / interval + (interval + cost) / (2 * mtbf);
  }
}
