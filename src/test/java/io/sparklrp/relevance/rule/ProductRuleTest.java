package io.sparklrp.relevance.rule;

import static io.sparklrp.relevance.rule.SingleNode.dot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.graph.Value;
import io.sparklrp.oracle.DoubleTensor;
import io.sparklrp.oracle.RandomTensor;
import org.junit.jupiter.api.Test;

class ProductRuleTest {
  private final SingleNode single = new SingleNode();
  private final DoubleTensor a = RandomTensor.of(1, 2, 3);
  private final DoubleTensor b = RandomTensor.of(2, 2, 3);
  private final DoubleTensor gradient = RandomTensor.of(3, 2, 3);

  private void propagate(float share) {
    Value product = single.forward().mul("y", single.active("a", a), single.active("b", b));
    single.propagate(new ProductRule(share), product, gradient);
  }

  @Test
  void wholeShareIsTheGradient() {
    propagate(1f);
    assertThat(single.sent(0).data()).containsExactly(single.differences("a").data(), within(1e-8));
    assertThat(single.sent(1).data()).containsExactly(single.differences("b").data(), within(1e-8));
  }

  @Test
  void halfAShareConservesTheProduct() {
    propagate(0.5f);
    double half = dot(gradient, single.output()) / 2;
    assertThat(dot(single.sent(0), a)).isCloseTo(half, within(1e-12));
    assertThat(dot(single.sent(1), b)).isCloseTo(half, within(1e-12));
  }
}
