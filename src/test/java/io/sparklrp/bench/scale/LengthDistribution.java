package io.sparklrp.bench.scale;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;

/**
 * How long records are: quantiles at equal steps from 0 to 1, between which lengths are spread
 * evenly.
 *
 * @param name of the corpus
 * @param from how they were measured
 * @param quantiles tokens, in ascending order, at least two
 */
record LengthDistribution(String name, String from, List<Double> quantiles) {
  private static final int STEPS = 100_000;

  /** Copies. */
  LengthDistribution {
    quantiles = List.copyOf(quantiles);
  }

  /** Tokens of a record. */
  double draw(SplittableRandom random) {
    return at(random.nextDouble());
  }

  /** The length that a share of all records does not exceed. */
  double at(double share) {
    double place = share * (quantiles.size() - 1);
    int below = Math.min((int) place, quantiles.size() - 2);
    double low = quantiles.get(below);
    return low + (place - below) * (quantiles.get(below + 1) - low);
  }

  /** The mean of a function of a record's length. */
  double mean(DoubleUnaryOperator function) {
    double sum = 0;
    for (int i = 0; i < STEPS; i++) {
      sum += function.applyAsDouble(at((i + 0.5) / STEPS));
    }
    return sum / STEPS;
  }
}
