package io.sparklrp.relevance.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Value;
import io.sparklrp.oracle.DoubleTensor;
import org.junit.jupiter.api.Test;

class ReciprocalRuleTest {
  private final SingleNode single = new SingleNode();
  private final Ops ops = single.forward();

  @Test
  void gradientIsTheReciprocals() {
    Value x = single.active("x", DoubleTensor.vector(0.5, -2, 4));
    DoubleTensor gradient = DoubleTensor.vector(1, 3, -2);
    single.propagate(new ReciprocalRule(), ops.unary("y", "Reciprocal", x), gradient);
    assertThat(single.sent(0).data()).containsExactly(-4, -0.75, 0.125);
    assertThat(single.sent(0).data()).containsExactly(single.differences("x").data(), within(1e-6));
  }
}
