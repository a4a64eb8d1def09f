package io.sparklrp.relevance.rule;

import static io.sparklrp.relevance.rule.SingleNode.dot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.graph.Value;
import io.sparklrp.oracle.DoubleTensor;
import io.sparklrp.oracle.RandomTensor;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class EpsilonRuleTest {
  private final SingleNode single = new SingleNode();
  private final DoubleTensor x = RandomTensor.of(1, 2, 5, 3);
  private final DoubleTensor weight = RandomTensor.of(3, 3, 4);
  private final DoubleTensor gradient = RandomTensor.of(2, 2, 5, 4);

  private SingleNode layer(float epsilon, DoubleTensor input) {
    Value y = single.forward().matMul("y", single.active("x", input), single.constant("w", weight));
    return single.propagate(new EpsilonRule(epsilon), y, gradient);
  }

  @Test
  void whatItAbsorbsIsAllThatItDoesNotSend() {
    layer(0.1f, x);
    double absorbed = Arrays.stream(single.absorbed().data()).sum();
    assertThat(dot(single.sent(0), x) + absorbed)
        .isCloseTo(dot(gradient, single.output()), within(1e-6));
  }

  @Test
  void sendsLessWhereTheOutputIsSmall() {
    layer(0.1f, x);
    double expected = 0;
    for (int j = 0; j < 4; j++) {
      double z = single.output().at(1, 2, j);
      double weighed = gradient.at(1, 2, j) * z / (z + (z < 0 ? -0.1f : 0.1f));
      expected += weighed * (float) weight.at(0, j);
    }
    assertThat(single.sent(0).at(1, 2, 0)).isCloseTo(expected, within(1e-6));
  }

  @Test
  void ofNothingSendsNothing() {
    layer(0.1f, DoubleTensor.zeros(2, 5, 3));
    assertThat(single.sent(0).data()).containsOnly(0.0);
  }
}
