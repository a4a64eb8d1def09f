package io.sparklrp.relevance.rule;

import static io.sparklrp.relevance.rule.SingleNode.dot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.graph.Attribute;
import io.sparklrp.graph.Value;
import io.sparklrp.oracle.DoubleTensor;
import io.sparklrp.oracle.RandomTensor;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RmsNormRuleTest {
  private final SingleNode single = new SingleNode();
  private final DoubleTensor x = RandomTensor.of(1, 2, 3, 4);
  private final DoubleTensor scale = RandomTensor.of(2, 4);
  private final DoubleTensor gradient = RandomTensor.of(4, 2, 3, 4);

  private void propagate(boolean constant) {
    Value y =
        single
            .forward()
            .op(
                "norm",
                "SimplifiedLayerNormalization",
                Map.of("axis", Attribute.of(-1L), "epsilon", Attribute.of(1e-5f)),
                single.active("x", x),
                single.constant("scale", scale));
    single.propagate(new RmsNormRule(constant), y, gradient);
  }

  @Test
  void gradientIsTheNorms() {
    propagate(false);
    assertThat(single.sent(0).data()).containsExactly(single.differences("x").data(), within(1e-7));
  }

  @Test
  void withTheFactorConstantAllIsConserved() {
    propagate(true);
    assertThat(dot(x, single.sent(0))).isCloseTo(dot(single.output(), gradient), within(1e-9));
    assertThat(single.bookedInputs()).isEmpty();
  }
}
