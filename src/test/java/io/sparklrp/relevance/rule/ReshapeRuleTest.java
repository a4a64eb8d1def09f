package io.sparklrp.relevance.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.graph.Dim;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Value;
import io.sparklrp.oracle.DoubleTensor;
import io.sparklrp.oracle.RandomTensor;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReshapeRuleTest {
  private static final Dim BATCH = Dim.symbol("batch");
  private static final Dim SEQUENCE = Dim.symbol("sequence");

  private final SingleNode single = new SingleNode();

  @Test
  void gradientTakesTheInputsShape() {
    DoubleTensor x = RandomTensor.of(1, 2, 3, 8);
    Value input = single.active("x", x, Shape.of(BATCH, SEQUENCE, Dim.of(8)));
    Value heads = single.forward().reshape("heads", input, 0, 0, 4, 2);
    DoubleTensor gradient = RandomTensor.of(2, 2, 3, 4, 2);
    single.propagate(new ReshapeRule(), heads, gradient);
    assertThat(single.sent(0).shape()).containsExactly(2, 3, 8);
    assertThat(single.sent(0).data()).containsExactly(gradient.data());
  }

  @Test
  void removedAxesComeBack() {
    Value input =
        single.active("x", RandomTensor.of(1, 2, 1, 8), Shape.of(BATCH, Dim.of(1), Dim.of(8)));
    Value row = single.forward().op("row", "Squeeze", Map.of(), input, single.forward().longs(1));
    single.propagate(new ReshapeRule(), row, RandomTensor.of(2, 2, 8));
    assertThat(single.sent(0).shape()).containsExactly(2, 1, 8);
  }

  @Test
  void addedAxesGo() {
    Value input = single.active("x", RandomTensor.of(1, 2, 8), Shape.of(BATCH, Dim.of(8)));
    Value raised = single.forward().unsqueeze("raised", input, 1);
    single.propagate(new ReshapeRule(), raised, RandomTensor.of(2, 2, 1, 8));
    assertThat(single.sent(0).shape()).containsExactly(2, 8);
  }
}
