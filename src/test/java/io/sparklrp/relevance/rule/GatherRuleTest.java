package io.sparklrp.relevance.rule;

import static io.sparklrp.relevance.rule.SingleNode.dot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.graph.Dim;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Tensor;
import io.sparklrp.graph.Value;
import io.sparklrp.oracle.DoubleTensor;
import io.sparklrp.oracle.RandomTensor;
import org.junit.jupiter.api.Test;

class GatherRuleTest {
  private final SingleNode single = new SingleNode();
  private final Ops ops = single.forward();

  private Value x() {
    return single.active(
        "x",
        RandomTensor.of(1, 2, 4, 3),
        Shape.of(Dim.symbol("batch"), Dim.symbol("s"), Dim.of(3)));
  }

  private Value indices(long[] shape, long... indices) {
    return ops.builder().initializer("indices", Tensor.longs(shape, indices));
  }

  private void check(Value y, DoubleTensor gradient) {
    single.propagate(new GatherRule(), y, gradient);
    assertThat(single.sent(0).shape()).containsExactly(2, 4, 3);
    assertThat(single.sent(0).data()).containsExactly(single.differences("x").data(), within(1e-8));
    assertThat(dot(RandomTensor.of(1, 2, 4, 3), single.sent(0)))
        .isCloseTo(dot(single.output(), gradient), within(1e-12));
  }

  @Test
  void oneRowGoesBackToItsPlace() {
    check(ops.gather("row", x(), indices(new long[0], -1), 1), RandomTensor.of(2, 2, 3));
  }

  @Test
  void rowsThatArePickedTwiceAreSummed() {
    check(
        ops.gather("rows", x(), indices(new long[] {3}, 1, 3, 1), 1), RandomTensor.of(2, 2, 3, 3));
  }

  @Test
  void indicesMayHaveSeveralAxes() {
    check(
        ops.gather("table", x(), indices(new long[] {2, 2}, 0, 2, 2, 1), 2),
        RandomTensor.of(2, 2, 4, 2, 2));
  }
}
