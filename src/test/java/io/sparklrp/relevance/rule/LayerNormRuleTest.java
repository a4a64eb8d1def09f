package io.sparklrp.relevance.rule;

import static io.sparklrp.relevance.rule.SingleNode.dot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.graph.Value;
import io.sparklrp.oracle.DoubleTensor;
import io.sparklrp.oracle.RandomTensor;
import org.junit.jupiter.api.Test;

class LayerNormRuleTest {
  private final SingleNode single = new SingleNode();
  private final DoubleTensor x = RandomTensor.of(1, 2, 3, 4);
  private final DoubleTensor gamma = RandomTensor.of(2, 4);
  private final DoubleTensor beta = RandomTensor.of(3, 4);
  private final DoubleTensor gradient = RandomTensor.of(4, 2, 3, 4);

  private void propagate(boolean constant) {
    Value y =
        single
            .forward()
            .layerNormalization(
                "norm",
                single.active("x", x),
                single.constant("gamma", gamma),
                single.constant("beta", beta),
                1e-5f);
    single.propagate(new LayerNormRule(constant), y, gradient);
  }

  @Test
  void gradientIsTheLayerNorms() {
    propagate(false);
    assertThat(single.sent(0).data()).containsExactly(single.differences("x").data(), within(1e-7));
  }

  /** G gamma less its mean over the row, over the standard deviation of the row, written out. */
  @Test
  void withTheFactorConstantOnlyTheCentringIsFollowed() {
    propagate(true);
    for (int b = 0; b < 2; b++) {
      for (int t = 0; t < 3; t++) {
        double deviation = Math.sqrt(variance(b, t) + 1e-5f);
        double mean = 0;
        for (int j = 0; j < 4; j++) {
          mean += gradient.at(b, t, j) * gamma.at(j) / 4;
        }
        for (int j = 0; j < 4; j++) {
          double wanted = (gradient.at(b, t, j) * gamma.at(j) - mean) / deviation;
          assertThat(single.sent(0).at(b, t, j)).isCloseTo(wanted, within(1e-12));
        }
      }
    }
  }

  private double variance(int b, int t) {
    double mean = 0;
    for (int j = 0; j < 4; j++) {
      mean += x.at(b, t, j) / 4;
    }
    double sum = 0;
    for (int j = 0; j < 4; j++) {
      sum += (x.at(b, t, j) - mean) * (x.at(b, t, j) - mean) / 4;
    }
    return sum;
  }

  @Test
  void withTheFactorConstantAllButTheOffsetIsConserved() {
    propagate(true);
    assertThat(single.booked(2)).isEqualTo(gradient);
    double offset = 0;
    for (int i = 0; i < gradient.data().length; i++) {
      offset += gradient.data()[i] * beta.data()[i % 4];
    }
    assertThat(dot(single.sent(0), x) + offset)
        .isCloseTo(dot(gradient, single.output()), within(1e-10));
  }

  @Test
  void withTheGradientNextToNothingIsConserved() {
    propagate(false);
    assertThat(dot(single.sent(0), x)).isCloseTo(0, within(1e-3));
  }
}
