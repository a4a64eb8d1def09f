package io.sparklrp.relevance.rule;

import static io.sparklrp.relevance.rule.SingleNode.dot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.graph.Value;
import io.sparklrp.oracle.DoubleTensor;
import io.sparklrp.oracle.RandomTensor;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GammaRuleTest {
  private static final float GAMMA = 0.25f;

  private final SingleNode single = new SingleNode();
  private final DoubleTensor x = RandomTensor.of(1, 2, 3);
  private final DoubleTensor weight = RandomTensor.of(3, 3, 4);
  private final DoubleTensor bias = RandomTensor.of(7, 4);
  private final DoubleTensor gradient = RandomTensor.of(2, 2, 4);

  private SingleNode layer(Rule rule) {
    Value y =
        single
            .forward()
            .op(
                "y",
                "Gemm",
                Map.of(),
                single.active("x", x),
                single.constant("w", weight),
                single.constant("b", bias));
    return single.propagate(rule, y, gradient);
  }

  private static double favoured(double number) {
    float stored = (float) number;
    return stored + GAMMA * Math.max(0, stored);
  }

  /** z / z' at an output, by plain loops. */
  private double ratio(int row, int output) {
    double z = (float) bias.data()[output];
    double favoured = favoured(bias.data()[output]);
    for (int i = 0; i < 3; i++) {
      z += x.at(row, i) * (float) weight.at(i, output);
      favoured += x.at(row, i) * favoured(weight.at(i, output));
    }
    return z / favoured;
  }

  @Test
  void sendsThroughFavouredWeights() {
    layer(new GammaRule(GAMMA));
    for (int row = 0; row < 2; row++) {
      for (int i = 0; i < 3; i++) {
        double expected = 0;
        for (int j = 0; j < 4; j++) {
          expected += favoured(weight.at(i, j)) * gradient.at(row, j) * ratio(row, j);
        }
        assertThat(single.sent(0).at(row, i)).isCloseTo(expected, within(1e-6));
      }
    }
  }

  @Test
  void conservesWithTheFavouredBias() {
    layer(new GammaRule(GAMMA));
    DoubleTensor weighed = single.booked(SingleNode.OF_OPERATOR);
    double booked = 0;
    for (int i = 0; i < weighed.data().length; i++) {
      booked += weighed.data()[i] * favoured(bias.data()[i % 4]);
    }
    assertThat(dot(single.sent(0), x) + booked)
        .isCloseTo(dot(gradient, single.output()), within(1e-6));
  }

  @Test
  void ofZeroIsTheGradient() {
    layer(new GammaRule(0));
    assertThat(single.sent(0).data()).containsExactly(single.differences("x").data(), within(1e-6));
  }
}
