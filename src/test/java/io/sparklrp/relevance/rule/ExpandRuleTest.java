package io.sparklrp.relevance.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.graph.Dim;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Value;
import io.sparklrp.oracle.DoubleTensor;
import io.sparklrp.oracle.RandomTensor;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExpandRuleTest {
  private final SingleNode single = new SingleNode();
  private final Ops ops = single.forward();

  /** What is sent is summed over the copies by whoever takes it; the sum of products stays. */
  @Test
  void copiesSendTheirGradients() {
    DoubleTensor x = RandomTensor.of(1, 2, 1, 3);
    Value input = single.active("x", x, Shape.of(Dim.symbol("batch"), Dim.of(1), Dim.of(3)));
    Value copies = ops.op("copies", "Expand", Map.of(), input, ops.longs(1, 4, 1));
    DoubleTensor gradient = RandomTensor.of(2, 2, 4, 3);
    single.propagate(new ExpandRule(), copies, gradient);
    assertThat(single.sent(0)).isEqualTo(gradient);
    assertThat(copies.shape()).isEqualTo(Shape.of(Dim.symbol("batch"), Dim.of(4), Dim.of(3)));
  }
}
