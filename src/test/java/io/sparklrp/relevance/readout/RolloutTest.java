package io.sparklrp.relevance.readout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RolloutTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void layersAreMultipliedAsMatrices(int layers) {
    FoundByHand found = new FoundByHand(4, layers);
    double[][] product = new double[FoundByHand.ROWS][FoundByHand.ROWS];
    for (int i = 0; i < FoundByHand.ROWS; i++) {
      product[i][i] = 1;
    }
    for (int layer = 0; layer < layers; layer++) {
      product = above(found, layer, product);
    }
    double[] relevance = found.computed(new Rollout().relevance(found));
    for (int key = 0; key < FoundByHand.ROWS; key++) {
      double expected = 0;
      for (int query = 0; query < FoundByHand.REAL; query++) {
        expected += product[query][key];
      }
      assertThat(relevance[key]).isCloseTo(expected, within(1e-12));
    }
    assertThat(Arrays.stream(relevance).sum()).isCloseTo(FoundByHand.REAL, within(1e-12));
    assertThat(relevance[FoundByHand.REAL]).isZero();
  }

  /** (P + I) / 2, since the rows of P add up to 1, times what is below. */
  private static double[][] above(FoundByHand found, int layer, double[][] below) {
    double[][] product = new double[FoundByHand.ROWS][FoundByHand.ROWS];
    for (int query = 0; query < FoundByHand.ROWS; query++) {
      for (int key = 0; key < FoundByHand.ROWS; key++) {
        double share = (found.mean(layer, query, key, false) + (query == key ? 1 : 0)) / 2;
        for (int token = 0; token < FoundByHand.ROWS; token++) {
          product[query][token] += share * below[key][token];
        }
      }
    }
    return product;
  }
}
