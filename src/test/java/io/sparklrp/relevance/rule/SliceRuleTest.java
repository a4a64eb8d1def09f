package io.sparklrp.relevance.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.graph.Dim;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Value;
import io.sparklrp.oracle.DoubleTensor;
import io.sparklrp.oracle.RandomTensor;
import org.junit.jupiter.api.Test;

class SliceRuleTest {
  private final SingleNode single = new SingleNode();

  private Value firstRows(int start, int end) {
    Value x =
        single.active(
            "x",
            RandomTensor.of(1, 2, 5, 3),
            Shape.of(Dim.symbol("batch"), Dim.symbol("sequence"), Dim.of(3)));
    return single
        .forward()
        .slice("rows", x, 1, single.forward().longs(start), single.forward().longs(end));
  }

  @Test
  void rowsThatWereCutOffGetZero() {
    DoubleTensor gradient = RandomTensor.of(2, 2, 1, 3);
    single.propagate(new SliceRule(), firstRows(0, 1), gradient);
    DoubleTensor sent = single.sent(0);
    assertThat(sent.shape()).containsExactly(2, 5, 3);
    assertThat(sent.data()).containsExactly(single.differences("x").data(), within(1e-8));
    assertThat(sent.at(1, 0, 2)).isEqualTo(gradient.at(1, 0, 2));
    assertThat(sent.at(1, 4, 2)).isZero();
  }
}
