package io.sparklrp.relevance.rule;

import static io.sparklrp.relevance.rule.SingleNode.dot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Value;
import io.sparklrp.oracle.DoubleTensor;
import io.sparklrp.oracle.RandomTensor;
import org.junit.jupiter.api.Test;

class NegationRuleTest {
  private final SingleNode single = new SingleNode();
  private final Ops ops = single.forward();

  @Test
  void gradientChangesItsSign() {
    Value x = single.active("x", RandomTensor.of(1, 2, 3));
    DoubleTensor gradient = RandomTensor.of(2, 2, 3);
    single.propagate(new NegationRule(), ops.unary("negated", "Neg", x), gradient);
    assertThat(single.sent(0).data()).containsExactly(single.differences("x").data(), within(1e-8));
    assertThat(dot(RandomTensor.of(1, 2, 3), single.sent(0)))
        .isCloseTo(dot(single.output(), gradient), within(1e-12));
  }
}
