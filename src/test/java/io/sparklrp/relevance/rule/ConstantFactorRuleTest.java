package io.sparklrp.relevance.rule;

import static io.sparklrp.relevance.rule.SingleNode.dot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.graph.Value;
import io.sparklrp.oracle.DoubleTensor;
import io.sparklrp.oracle.RandomTensor;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConstantFactorRuleTest {
  private final SingleNode single = new SingleNode();
  private final DoubleTensor a = RandomTensor.of(1, 2, 3, 4);
  private final DoubleTensor b = RandomTensor.of(2, 2, 3, 4);
  private final DoubleTensor gradient = RandomTensor.of(3, 2, 3, 4);

  private void propagate(int constant) {
    Value product = single.forward().mul("y", single.active("a", a), single.active("b", b));
    single.propagate(new ConstantFactorRule(constant), product, gradient);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void onlyTheOtherFactorGetsTheGradient(int constant) {
    propagate(constant);
    assertThat(single.reached()).containsExactly(1 - constant);
    DoubleTensor gate = constant == 0 ? a : b;
    for (int i = 0; i < gate.data().length; i++) {
      assertThat(single.sent(1 - constant).data()[i])
          .isEqualTo(gradient.data()[i] * gate.data()[i]);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void theProductIsConserved(int constant) {
    propagate(constant);
    assertThat(dot(single.sent(1 - constant), constant == 0 ? b : a))
        .isCloseTo(dot(gradient, single.output()), within(1e-12));
    assertThat(single.bookedInputs()).as("a factor is not an additive constant").isEmpty();
  }

  /** What is padding upstream stays so: a gradient of 0 stays exactly 0. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void nothingBecomesNothing(int constant) {
    Arrays.fill(gradient.data(), 0, 12, 0);
    propagate(constant);
    for (int i = 0; i < 12; i++) {
      assertThat(Math.abs(single.sent(1 - constant).data()[i])).isZero();
    }
  }
}
