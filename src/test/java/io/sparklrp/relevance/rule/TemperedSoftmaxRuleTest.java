package io.sparklrp.relevance.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.graph.Attribute;
import io.sparklrp.graph.Value;
import io.sparklrp.oracle.DoubleTensor;
import io.sparklrp.oracle.RandomTensor;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemperedSoftmaxRuleTest {
  private static final DoubleTensor SCORES = RandomTensor.of(1, 2, 3, 4);
  private static final DoubleTensor GRADIENT = RandomTensor.of(2, 2, 3, 4);

  @ParameterizedTest
  @ValueSource(longs = {-1, 1})
  void atTemperatureOneItIsTheGradient(long axis) {
    SingleNode single = propagated(new TemperedSoftmaxRule(1), axis);
    assertThat(single.sent(0).data()).containsExactly(single.differences("x").data(), within(1e-8));
  }

  /** softmax(S / 2) has half of such a derivative by S, and the factor is left out. */
  @Test
  void atTemperatureTwoItIsTwiceTheGradientOfTheFlatterOne() {
    SingleNode single = propagated(new TemperedSoftmaxRule(2), -1);
    SingleNode flatter = new SingleNode();
    double[] halves = SCORES.data().clone();
    for (int i = 0; i < halves.length; i++) {
      halves[i] /= 2;
    }
    Value x = flatter.active("x", DoubleTensor.of(SCORES.shape(), halves));
    flatter.propagate(new SoftmaxGradientRule(), flatter.forward().softmax("weights", x), GRADIENT);
    assertThat(single.sent(0).data()).containsExactly(flatter.sent(0).data(), within(1e-12));
  }

  private static SingleNode propagated(Rule rule, long axis) {
    SingleNode single = new SingleNode();
    Value x = single.active("x", SCORES);
    Value weights =
        single.forward().op("weights", "Softmax", Map.of("axis", Attribute.of(axis)), x);
    single.propagate(rule, weights, GRADIENT);
    return single;
  }
}
