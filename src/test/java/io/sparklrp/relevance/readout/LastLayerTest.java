package io.sparklrp.relevance.readout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LastLayerTest {
  @Test
  void realQueriesOfTheLastLayerAreSummed() {
    FoundByHand found = new FoundByHand(3, 2);
    double[] relevance = found.computed(new LastLayer().relevance(found));
    for (int key = 0; key < FoundByHand.ROWS; key++) {
      double expected = 0;
      for (int query = 0; query < FoundByHand.REAL; query++) {
        expected += found.mean(1, query, key, false);
      }
      assertThat(relevance[key]).isCloseTo(expected, within(1e-12));
    }
    assertThat(Arrays.stream(relevance).sum()).isCloseTo(FoundByHand.REAL, within(1e-12));
    assertThat(relevance[FoundByHand.REAL]).isZero();
  }
}
