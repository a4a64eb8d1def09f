package io.sparklrp.relevance.readout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class GradientNormTest {
  @Test
  void eachTokenHasTheLengthOfItsGradient() {
    FoundByHand found = new FoundByHand(2, 1);
    double[] relevance = found.computed(new GradientNorm().relevance(found));
    for (int token = 0; token < FoundByHand.ROWS; token++) {
      double squares = 0;
      for (int j = 0; j < FoundByHand.HIDDEN; j++) {
        squares += Math.pow(found.numbers("g")[token * FoundByHand.HIDDEN + j], 2);
      }
      assertThat(relevance[token]).isCloseTo(Math.sqrt(squares), within(1e-12));
    }
  }
}
