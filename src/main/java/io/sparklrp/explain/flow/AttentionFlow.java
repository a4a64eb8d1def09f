package io.sparklrp.explain.flow;

import io.sparklrp.error.RecordException;
import io.sparklrp.model.Procedure;
import io.sparklrp.record.EncodedRecord;
import java.util.Optional;

/**
 * Attention flow (Abnar and Zuidema 2020): in each layer the capacities are A = the mean over heads
 * of P, plus the identity, rows normalised; of each token, the sum of the maximum flows to it from
 * all rows of the last layer.
 */
public final class AttentionFlow {
  /** Longer records are errors: a flow for each pair of tokens takes too long. */
  public static final int MOST_TOKENS = 128;

  private AttentionFlow() {}

  /** Why a record has none; empty where it has. */
  public static Optional<RecordException> refusal(EncodedRecord record) {
    return record.length() <= MOST_TOKENS
        ? Optional.empty()
        : Optional.of(
            new RecordException(
                "length",
                String.format(
                    "Attention flow is computed for at most %d tokens, and the record has %d. Lower"
                        + " --max-length.",
                    MOST_TOKENS, record.length())));
  }

  /**
   * One number a token.
   *
   * @param weights P, the mean over heads: [layers, rows, rows], tokens before all other rows
   * @param tokens how many rows are tokens
   */
  public static float[] of(Procedure.Flow flow, float[] weights, int tokens) {
    int rows = (int) Math.round(Math.sqrt(weights.length / (double) flow.layers()));
    LayeredFlow network = new LayeredFlow(capacities(weights, flow.layers(), rows), rows);
    double[] sums = new double[tokens];
    for (int from = 0; from < rows; from++) {
      add(flows(network, from, rows), flow.isNormalised(), sums);
    }
    float[] numbers = new float[tokens];
    for (int token = 0; token < tokens; token++) {
      numbers[token] = (float) sums[token];
    }
    return numbers;
  }

  private static double[] flows(LayeredFlow network, int from, int rows) {
    double[] flows = new double[rows];
    for (int to = 0; to < rows; to++) {
      flows[to] = network.maximum(from, to);
    }
    return flows;
  }

  private static void add(double[] flows, boolean isNormalised, double[] sums) {
    double divisor = 1;
    if (isNormalised) {
      divisor = 0;
      for (double flow : flows) {
        divisor += flow;
      }
    }
    for (int token = 0; token < sums.length; token++) {
      sums[token] += flows[token] / divisor;
    }
  }

  private static double[][] capacities(float[] weights, int layers, int rows) {
    double[][] capacities = new double[layers][rows * rows];
    for (int row = 0; row < layers * rows; row++) {
      int from = row * rows;
      double sum = 1;
      for (int to = 0; to < rows; to++) {
        sum += weights[from + to];
      }
      double[] layer = capacities[row / rows];
      int query = row % rows;
      for (int to = 0; to < rows; to++) {
        layer[query * rows + to] = (weights[from + to] + (query == to ? 1 : 0)) / sum;
      }
    }
    return capacities;
  }
}
