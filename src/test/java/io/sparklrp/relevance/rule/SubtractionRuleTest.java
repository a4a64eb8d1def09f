package io.sparklrp.relevance.rule;

import static io.sparklrp.relevance.rule.SingleNode.dot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.graph.Value;
import io.sparklrp.oracle.DoubleTensor;
import io.sparklrp.oracle.RandomTensor;
import org.junit.jupiter.api.Test;

class SubtractionRuleTest {
  private final SingleNode single = new SingleNode();
  private final DoubleTensor gradient = RandomTensor.of(3, 2, 3);
  private final DoubleTensor x = RandomTensor.of(1, 2, 3);
  private final DoubleTensor y = RandomTensor.of(2, 2, 3);

  @Test
  void subtrahendGetsTheGradientsNegative() {
    Value difference =
        single.forward().sub("difference", single.active("x", x), single.active("y", y));
    single.propagate(new SubtractionRule(), difference, gradient);
    assertThat(dot(single.sent(0), x) + dot(single.sent(1), y))
        .isCloseTo(dot(gradient, single.output()), within(1e-12));
    assertThat(single.sent(1).data()).containsExactly(single.differences("y").data(), within(1e-8));
  }

  @Test
  void constantSubtrahendIsBookedWithItsSign() {
    Value difference =
        single.forward().sub("difference", single.active("x", x), single.constant("c", y));
    single.propagate(new SubtractionRule(), difference, gradient);
    assertThat(single.sent(0)).isEqualTo(gradient);
    assertThat(dot(single.booked(1), y)).isCloseTo(-dot(gradient, y), within(1e-12));
  }

  @Test
  void constantMinuendIsBooked() {
    Value difference =
        single.forward().sub("difference", single.constant("c", x), single.active("y", y));
    single.propagate(new SubtractionRule(), difference, gradient);
    assertThat(single.booked(0)).isEqualTo(gradient);
    assertThat(single.reached()).containsExactly(1);
  }
}
