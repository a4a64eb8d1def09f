package io.sparklrp.relevance.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.graph.Value;
import io.sparklrp.oracle.RandomTensor;
import org.junit.jupiter.api.Test;

class ConstantRuleTest {
  @Test
  void nothingIsSentBookedOrKept() {
    SingleNode single = new SingleNode();
    Value x = single.active("x", RandomTensor.of(1, 2, 3));
    single.propagate(
        new ConstantRule(), single.forward().softmax("weights", x), RandomTensor.of(2, 2, 3));
    assertThat(single.reached()).isEmpty();
    assertThat(single.bookedInputs()).isEmpty();
  }
}
