package io.sparklrp.relevance.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.graph.Value;
import io.sparklrp.oracle.DoubleTensor;
import io.sparklrp.oracle.RandomTensor;
import org.junit.jupiter.api.Test;

class IdentityRuleTest {
  private final SingleNode single = new SingleNode();
  private final DoubleTensor gradient = RandomTensor.of(2, 2, 3);

  @Test
  void gradientGoesOnAsItIs() {
    Value x = single.active("x", RandomTensor.of(1, 2, 3));
    single.propagate(new IdentityRule(), single.forward().unary("same", "Identity", x), gradient);
    assertThat(single.sent(0)).isEqualTo(gradient);
    assertThat(single.bookedInputs()).isEmpty();
  }
}
