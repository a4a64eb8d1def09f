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

class RmsNormRuleTest {
  private static final float EPSILON = 1e-2f;

  private final SingleNode single = new SingleNode();
  private final DoubleTensor x = RandomTensor.of(1, 2, 3, 4);
  private final DoubleTensor gamma = RandomTensor.of(2, 4);
  private final DoubleTensor gradient = RandomTensor.of(4, 2, 3, 4);

  private void propagate(boolean constant, float epsilon) {
    Value y =
        single
            .forward()
            .rmsNormalization(
                "norm", single.active("x", x), single.constant("gamma", gamma), epsilon);
    single.propagate(new RmsNormRule(constant), y, gradient);
  }

  @ParameterizedTest
  @ValueSource(floats = {1e-6f, EPSILON, 1f})
  void gradientIsTheRmsNorms(float epsilon) {
    propagate(false, epsilon);
    assertThat(single.sent(0).data()).containsExactly(single.differences("x").data(), within(1e-7));
  }

  /** G gamma over the root of the mean square of the row, written out; no mean is taken off. */
  @Test
  void withTheFactorConstantTheGradientIsOnlyScaled() {
    propagate(true, EPSILON);
    for (int b = 0; b < 2; b++) {
      for (int t = 0; t < 3; t++) {
        double square = 0;
        for (int j = 0; j < 4; j++) {
          square += x.at(b, t, j) * x.at(b, t, j) / 4;
        }
        double rms = Math.sqrt(square + EPSILON);
        for (int j = 0; j < 4; j++) {
          assertThat(single.sent(0).at(b, t, j))
              .isCloseTo(gradient.at(b, t, j) * gamma.at(j) / rms, within(1e-12));
        }
      }
    }
  }

  @Test
  void withTheFactorConstantEverythingIsConserved() {
    propagate(true, EPSILON);
    assertThat(dot(single.sent(0), x)).isCloseTo(dot(gradient, single.output()), within(1e-12));
    assertThat(single.reached()).containsExactly(0);
    assertThat(single.bookedInputs()).as("gamma is no additive constant").isEmpty();
  }

  @Test
  void withTheGradientNextToNothingIsConserved() {
    propagate(false, 1e-6f);
    assertThat(dot(single.sent(0), x)).isCloseTo(0, within(1e-4));
  }
}
