package io.sparklrp.relevance.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.graph.Value;
import io.sparklrp.oracle.DoubleTensor;
import io.sparklrp.oracle.RandomTensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TransposeRuleTest {
  @Test
  void axesGoBack() {
    SingleNode single = new SingleNode();
    Value x = single.active("x", RandomTensor.of(1, 2, 3, 4));
    Value y = single.forward().transpose("y", x, List.of(2L, 0L, 1L));
    DoubleTensor gradient = RandomTensor.of(2, 4, 2, 3);
    single.propagate(new TransposeRule(), y, gradient);
    assertThat(single.sent(0).shape()).containsExactly(2, 3, 4);
    assertThat(single.sent(0).at(1, 2, 3)).isEqualTo(gradient.at(3, 1, 2));
    assertThat(single.sent(0).data()).containsExactly(single.differences("x").data(), within(1e-8));
  }

  @Test
  void withoutPermutationAllAxesAreReversed() {
    SingleNode single = new SingleNode();
    Value x = single.active("x", RandomTensor.of(1, 2, 3));
    Value y = single.forward().op("y", "Transpose", Map.of(), x);
    single.propagate(new TransposeRule(), y, RandomTensor.of(2, 3, 2));
    assertThat(single.sent(0).data()).containsExactly(single.differences("x").data(), within(1e-8));
  }
}
