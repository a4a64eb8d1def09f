package io.sparklrp.relevance.rule;

import static io.sparklrp.relevance.rule.SingleNode.dot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Value;
import io.sparklrp.oracle.DoubleTensor;
import io.sparklrp.oracle.RandomTensor;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExtremumRuleTest {
  private final SingleNode single = new SingleNode();
  private final Ops ops = single.forward();
  private final DoubleTensor gradient = RandomTensor.of(3, 2, 3);

  @ParameterizedTest
  @ValueSource(strings = {"Max", "Min"})
  void theSelectedOneGetsTheGradient(String op) {
    Value a = single.active("a", RandomTensor.of(1, 2, 3));
    Value b = single.active("b", RandomTensor.of(2, 2, 3));
    single.propagate(new ExtremumRule(), ops.op("y", op, Map.of(), a, b), gradient);
    assertThat(single.sent(0).data()).containsExactly(single.differences("a").data(), within(1e-8));
    assertThat(single.sent(1).data()).containsExactly(single.differences("b").data(), within(1e-8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Max", "Min"})
  void bothTogetherConserve(String op) {
    DoubleTensor x = RandomTensor.of(1, 2, 3);
    Value bound = single.constant("bound", DoubleTensor.of(new int[0], 0.25));
    Value a = single.active("a", x);
    single.propagate(new ExtremumRule(), ops.op("y", op, Map.of(), a, bound), gradient);
    double booked = 0;
    for (double g : single.booked(1).data()) {
      booked += 0.25 * g;
    }
    assertThat(dot(x, single.sent(0)) + booked)
        .isCloseTo(dot(single.output(), gradient), within(1e-12));
  }

  @Test
  void ofTwoEqualOnesTheFirstGetsIt() {
    Value a = single.active("a", DoubleTensor.of(new int[] {1}, 2));
    Value b = single.active("b", DoubleTensor.of(new int[] {1}, 2));
    single.propagate(
        new ExtremumRule(), ops.op("y", "Max", Map.of(), a, b), DoubleTensor.of(new int[] {1}, 3));
    assertThat(single.sent(0).data()).containsExactly(3);
    assertThat(single.sent(1).data()).containsExactly(0);
  }
}
