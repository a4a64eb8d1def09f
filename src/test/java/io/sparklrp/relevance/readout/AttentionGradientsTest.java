package io.sparklrp.relevance.readout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AttentionGradientsTest {
  private static final int LAYERS = 3;

  @Test
  void readAtTheOneRowThatTheScoreReads() {
    FoundByHand found = new FoundByHand(5, LAYERS);
    found.readOnly(2);
    assertThat(found.computed(new AttentionGradients().relevance(found)))
        .containsExactly(expected(found)[2], within(1e-12));
  }

  @Test
  void allRowsThatTheScoreReadsCountAlike() {
    FoundByHand found = new FoundByHand(6, LAYERS);
    double[][] all = expected(found);
    double[] mean = new double[FoundByHand.ROWS];
    for (double[] row : all) {
      for (int key = 0; key < row.length; key++) {
        mean[key] += row[key] / all.length;
      }
    }
    assertThat(found.computed(new AttentionGradients().relevance(found)))
        .containsExactly(mean, within(1e-12));
  }

  /** R, layer by layer, as the paper writes it. */
  private static double[][] expected(FoundByHand found) {
    int rows = FoundByHand.ROWS;
    double[][] relevance = new double[rows][rows];
    for (int i = 0; i < rows; i++) {
      relevance[i][i] = 1;
    }
    for (int layer = 0; layer < LAYERS; layer++) {
      double[][] next = new double[rows][rows];
      for (int query = 0; query < rows; query++) {
        for (int token = 0; token < rows; token++) {
          next[query][token] = relevance[query][token];
          for (int key = 0; key < rows; key++) {
            next[query][token] += found.mean(layer, query, key, true) * relevance[key][token];
          }
        }
      }
      relevance = next;
    }
    return relevance;
  }
}
