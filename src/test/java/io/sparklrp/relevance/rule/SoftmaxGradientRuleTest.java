package io.sparklrp.relevance.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.graph.Attribute;
import io.sparklrp.graph.Value;
import io.sparklrp.oracle.RandomTensor;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SoftmaxGradientRuleTest {
  @ParameterizedTest
  @ValueSource(longs = {-1, 1})
  void gradientIsTheSoftmaxs(long axis) {
    SingleNode single = new SingleNode();
    Value x = single.active("x", RandomTensor.of(1, 2, 3, 4));
    Value weights =
        single.forward().op("weights", "Softmax", Map.of("axis", Attribute.of(axis)), x);
    single.propagate(new SoftmaxGradientRule(), weights, RandomTensor.of(2, 2, 3, 4));
    assertThat(single.sent(0).data()).containsExactly(single.differences("x").data(), within(1e-8));
  }
}
