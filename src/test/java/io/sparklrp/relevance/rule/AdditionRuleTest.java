package io.sparklrp.relevance.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.graph.Value;
import io.sparklrp.oracle.DoubleTensor;
import io.sparklrp.oracle.RandomTensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdditionRuleTest {
  private final SingleNode single = new SingleNode();
  private final DoubleTensor gradient = RandomTensor.of(3, 2, 3);
  private final Value x = single.active("x", RandomTensor.of(1, 2, 3));

  @Test
  void bothActivationsGetTheGradient() {
    Value y = single.active("y", RandomTensor.of(2, 2, 3));
    single.propagate(new AdditionRule(), single.forward().add("sum", x, y), gradient);
    assertThat(single.sent(0)).isEqualTo(gradient);
    assertThat(single.sent(1)).isEqualTo(gradient);
    assertThat(single.bookedInputs()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void constantIsBookedOnEitherSide(int side) {
    Value c = single.constant("c", RandomTensor.of(2, 2, 3));
    Value sum = side == 0 ? single.forward().add("sum", c, x) : single.forward().add("sum", x, c);
    single.propagate(new AdditionRule(), sum, gradient);
    assertThat(single.booked(side)).isEqualTo(gradient);
    assertThat(single.sent(1 - side)).isEqualTo(gradient);
    assertThat(single.reached()).containsExactly(1 - side);
  }
}
