package io.sparklrp.relevance.rule;

import static io.sparklrp.relevance.rule.SingleNode.dot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.graph.Value;
import io.sparklrp.oracle.DoubleTensor;
import io.sparklrp.oracle.RandomTensor;
import org.junit.jupiter.api.Test;

class ConstantAttentionRuleTest {
  @Test
  void allRelevanceGoesThroughTheValues() {
    SingleNode single = new SingleNode();
    DoubleTensor v = RandomTensor.of(2, 2, 3, 4, 5);
    DoubleTensor gradient = RandomTensor.of(3, 2, 3, 4, 5);
    Value context =
        single
            .forward()
            .matMul(
                "context",
                single.active("p", RandomTensor.of(1, 2, 3, 4, 4)),
                single.active("v", v));
    single.propagate(new ConstantAttentionRule(1), context, gradient);
    assertThat(single.reached()).containsExactly(1);
    assertThat(dot(single.sent(1), v)).isCloseTo(dot(gradient, single.output()), within(1e-12));
    assertThat(single.sent(1).data()).containsExactly(single.differences("v").data(), within(1e-8));
  }
}
