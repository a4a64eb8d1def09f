package io.sparklrp.relevance.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Value;
import io.sparklrp.oracle.DoubleTensor;
import io.sparklrp.oracle.RandomTensor;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SelectionRuleTest {
  private final SingleNode single = new SingleNode();
  private final Ops ops = single.forward();
  private final DoubleTensor gradient = RandomTensor.of(3, 2, 3);
  private final Value condition =
      ops.op(
          "condition",
          "Greater",
          Map.of(),
          single.constant("test", DoubleTensor.of(new int[] {2, 3}, 1, -1, 1, -1, -1, 1)),
          ops.scalar(0f));

  @Test
  void eachBranchGetsTheGradientWhereItIsChosen() {
    Value a = single.active("a", RandomTensor.of(1, 2, 3));
    Value b = single.active("b", RandomTensor.of(2, 2, 3));
    single.propagate(
        new SelectionRule(), ops.op("y", "Where", Map.of(), condition, a, b), gradient);
    assertThat(single.sent(1).data()).containsExactly(single.differences("a").data(), within(1e-8));
    assertThat(single.sent(2).data()).containsExactly(single.differences("b").data(), within(1e-8));
  }

  @Test
  void constantBranchIsBookedWhereItIsChosen() {
    Value a = single.active("a", RandomTensor.of(1, 2, 3));
    Value fill = single.constant("fill", DoubleTensor.of(new int[0], 2.5));
    single.propagate(
        new SelectionRule(), ops.op("y", "Where", Map.of(), condition, a, fill), gradient);
    assertThat(single.reached()).containsExactly(1);
    assertThat(single.bookedInputs()).containsExactly(2);
    assertThat(single.booked(2).at(0, 0)).isZero();
    assertThat(single.booked(2).at(0, 1)).isEqualTo(gradient.at(0, 1));
  }
}
