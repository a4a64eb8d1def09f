package io.sparklrp.relevance.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.oracle.DoubleTensor;
import io.sparklrp.oracle.RandomTensor;
import org.junit.jupiter.api.Test;

class HeldSoftmaxRuleTest {
  @Test
  void nothingGoesOnAndWhatArrivesIsBooked() {
    SingleNode single = new SingleNode();
    DoubleTensor gradient = RandomTensor.of(2, 2, 3, 4);
    single.propagate(
        new HeldSoftmaxRule(),
        single.forward().softmax("weights", single.active("x", RandomTensor.of(1, 2, 3, 4))),
        gradient);
    assertThat(single.reached()).isEmpty();
    assertThat(single.bookedInputs()).containsExactly(SingleNode.OF_OPERATOR);
    assertThat(single.booked(SingleNode.OF_OPERATOR).data()).containsExactly(gradient.data());
  }
}
