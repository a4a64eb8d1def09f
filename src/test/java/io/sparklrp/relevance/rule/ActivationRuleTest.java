package io.sparklrp.relevance.rule;

import static io.sparklrp.relevance.rule.SingleNode.dot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.graph.Value;
import io.sparklrp.oracle.DoubleTensor;
import io.sparklrp.oracle.RandomTensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ActivationRuleTest {
  private final SingleNode single = new SingleNode();
  private final DoubleTensor x = RandomTensor.of(1, 2, 3);
  private final DoubleTensor gradient = RandomTensor.of(2, 2, 3);

  private void propagate(String op, boolean identity) {
    Value y = single.forward().unary("y", op, single.active("x", x));
    single.propagate(new ActivationRule(identity), y, gradient);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Gelu", "Tanh", "Relu", "Sigmoid"})
  void derivativeIsFollowed(String op) {
    propagate(op, false);
    assertThat(single.sent(0).data()).containsExactly(single.differences("x").data(), within(1e-7));
    assertThat(single.factor()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Gelu", "Tanh", "Relu"})
  void identityRuleConserves(String op) {
    propagate(op, true);
    assertThat(dot(single.sent(0), x)).isCloseTo(dot(gradient, single.output()), within(1e-7));
  }

  @Test
  void valueAtZeroIsBooked() {
    propagate("Sigmoid", true);
    double atZero = 0.5 * java.util.Arrays.stream(gradient.data()).sum();
    assertThat(dot(single.booked(SingleNode.OF_OPERATOR), gradient))
        .isCloseTo(dot(gradient, gradient), within(1e-12));
    assertThat(dot(single.sent(0), x) + atZero)
        .isCloseTo(dot(gradient, single.output()), within(1e-7));
  }

  @Test
  void geluIsComputedOnceForForwardAndBackward() {
    propagate("Gelu", true);
    assertThat(dot(single.factor(), x))
        .isCloseTo(java.util.Arrays.stream(single.output().data()).sum(), within(1e-7));
  }
}
