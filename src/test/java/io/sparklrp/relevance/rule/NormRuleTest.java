package io.sparklrp.relevance.rule;

import static io.sparklrp.relevance.rule.SingleNode.dot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.graph.Attribute;
import io.sparklrp.graph.Dim;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Value;
import io.sparklrp.oracle.DoubleTensor;
import io.sparklrp.oracle.RandomTensor;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormRuleTest {
  private final SingleNode single = new SingleNode();
  private final Ops ops = single.forward();

  private Value x() {
    return single.active(
        "x",
        RandomTensor.of(1, 2, 4, 3),
        Shape.of(Dim.symbol("batch"), Dim.symbol("s"), Dim.of(3)));
  }

  @ParameterizedTest
  @CsvSource({"ReduceL2, 1, 0", "ReduceL2, 1, 1", "ReduceL2, -1, 0", "ReduceL2, -1, 1"})
  void gradientIsTheOperators(String op, long axis, long keep) {
    Map<String, Attribute> attributes = Map.of("keepdims", Attribute.of(keep));
    Value y = ops.op("y", op, attributes, x(), ops.longs(axis));
    int kept = axis == 1 ? 3 : 4;
    DoubleTensor gradient =
        keep == 0
            ? RandomTensor.of(2, 2, kept)
            : axis == 1 ? RandomTensor.of(2, 2, 1, kept) : RandomTensor.of(2, 2, kept, 1);
    single.propagate(new NormRule(), y, gradient);
    assertThat(single.sent(0).shape()).containsExactly(2, 4, 3);
    assertThat(single.sent(0).data()).containsExactly(single.differences("x").data(), within(1e-6));
    assertThat(dot(RandomTensor.of(1, 2, 4, 3), single.sent(0)))
        .isCloseTo(dot(single.output(), gradient), within(1e-9));
  }

  @Test
  void aNormOfZeroSendsZero() {
    Value x = single.active("x", DoubleTensor.of(new int[] {1, 2}, 0, 0));
    Value y = ops.op("y", "ReduceL2", Map.of(), x, ops.longs(1));
    single.propagate(new NormRule(), y, DoubleTensor.of(new int[] {1, 1}, 3));
    assertThat(single.sent(0).data()).containsExactly(0, 0);
  }
}
