package io.sparklrp.relevance.readout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class InputProductTest {
  @Test
  void eachTokenHasItsProductAndWhatStayed() {
    FoundByHand found = new FoundByHand(1, 1);
    double[] stayed = found.stay(9);
    double[] relevance = found.computed(new InputProduct().relevance(found));
    for (int token = 0; token < FoundByHand.ROWS; token++) {
      double expected = stayed[token];
      for (int j = 0; j < FoundByHand.HIDDEN; j++) {
        int at = token * FoundByHand.HIDDEN + j;
        expected += found.numbers("x")[at] * found.numbers("g")[at];
      }
      assertThat(relevance[token]).isCloseTo(expected, within(1e-12));
    }
  }
}
