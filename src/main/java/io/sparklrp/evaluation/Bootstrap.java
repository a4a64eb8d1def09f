package io.sparklrp.evaluation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Methods over many records, with intervals: a bootstrap in which each record has in each resample
 * a weight of its own, Poisson's of mean 1, which hangs on the record alone. So records may come in
 * any order, in any number of parts, and all methods see the same resamples. Differences are
 * paired: of records that both methods have a result of.
 */
public final class Bootstrap {
  private static final double LOW = 0.025;

  /** Parts of a method's numbers: all of its records; those that the other has too; the other's. */
  private static final int OWN = 0;

  private static final int PAIRED = 1;
  private static final int OTHER = 2;
  private static final int PARTS = 3;

  private final int resamples;
  private final long seed;
  private final String against;
  private final Map<String, double[]> byMethod = new LinkedHashMap<>();

  /**
   * No records yet.
   *
   * @param resamples how many
   * @param seed of all weights
   * @param against the method that all are compared with
   */
  public Bootstrap(int resamples, long seed, String against) {
    this.resamples = resamples;
    this.seed = seed;
    this.against = against;
  }

  /**
   * A value with its interval of 95 %.
   *
   * @param low the 2.5th percentile of resamples
   * @param high the 97.5th
   */
  public record Estimate(double value, double low, double high) {}

  /**
   * Adds a record.
   *
   * @param record tells it from others: the same in every run
   * @param judged by method: those that have a result
   */
  public void add(long record, Map<String, Judged> judged) {
    int[] weights = weights(record);
    Judged other = judged.get(against);
    judged.forEach(
        (method, values) -> {
          add(method, OWN, values, weights);
          if (other != null) {
            add(method, PAIRED, values, weights);
            add(method, OTHER, other, weights);
          }
        });
  }

  private void add(String method, int part, Judged values, int... weights) {
    for (int resample = 0; resample < weights.length; resample++) {
      if (weights[resample] > 0) {
        sums(method, part, resample).add(values, weights[resample]);
      }
    }
  }

  /** The sums of a resample; the first is of all records as they are. */
  private Sums sums(String method, int part, int resample) {
    return new Sums(numbers(method), (part * (1 + resamples) + resample) * Sums.SIZE);
  }

  private double[] numbers(String method) {
    return byMethod.computeIfAbsent(method, key -> new double[PARTS * (1 + resamples) * Sums.SIZE]);
  }

  /** By Knuth's way: how many uniform numbers keep their product above e^-1. */
  private int[] weights(long record) {
    SplittableRandom random = new SplittableRandom(record * 0x9E3779B97F4A7C15L + seed);
    int[] weights = new int[1 + resamples];
    weights[0] = 1;
    for (int resample = 1; resample < weights.length; resample++) {
      for (double product = random.nextDouble();
          product > 1 / Math.E;
          product *= random.nextDouble()) {
        weights[resample]++;
      }
    }
    return weights;
  }

  /** All sums of a method, to be added to those of other records. */
  public double[] found(String method) {
    return numbers(method).clone();
  }

  /**
   * Adds what was found of other records.
   *
   * @param found all sums of a method there
   */
  public void merge(String method, double... found) {
    double[] ours = numbers(method);
    for (int i = 0; i < ours.length; i++) {
      ours[i] += found[i];
    }
  }

  /** The methods that have results. */
  public List<String> methods() {
    return new ArrayList<>(byMethod.keySet());
  }

  /** Records of a method. */
  public long records(String method) {
    return Math.round(sums(method, OWN, 0).records());
  }

  /** A measure of a method. */
  public Estimate estimate(String method, Measure measure) {
    return estimate(resample -> measure.of(sums(method, OWN, resample)));
  }

  /** A measure of a method less that of the one that all are compared with. */
  public Estimate difference(String method, Measure measure) {
    return estimate(
        resample ->
            measure.of(sums(method, PAIRED, resample)) - measure.of(sums(method, OTHER, resample)));
  }

  /** Resamples in which there is no value, such as one without a record, do not count. */
  private Estimate estimate(IntToDoubleFunction of) {
    double[] resampled =
        IntStream.rangeClosed(1, resamples)
            .mapToDouble(of)
            .filter(Double::isFinite)
            .sorted()
            .toArray();
    return new Estimate(
        of.applyAsDouble(0), quantile(resampled, LOW), quantile(resampled, 1 - LOW));
  }

  private static double quantile(double[] sorted, double share) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    double at = share * (sorted.length - 1);
    int below = (int) Math.floor(at);
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }
}
