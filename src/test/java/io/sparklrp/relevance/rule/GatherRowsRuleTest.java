package io.sparklrp.relevance.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.graph.Attribute;
import io.sparklrp.graph.Dim;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Tensor;
import io.sparklrp.graph.Value;
import io.sparklrp.oracle.DoubleTensor;
import io.sparklrp.oracle.RandomTensor;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GatherRowsRuleTest {
  private final SingleNode single = new SingleNode();
  private final Ops ops = single.forward();

  private Value x() {
    return single.active(
        "x",
        RandomTensor.of(1, 2, 4, 3),
        Shape.of(Dim.symbol("batch"), Dim.symbol("s"), Dim.of(3)));
  }

  @Test
  void oneRowOfEachRecordGoesBackToItsPlace() {
    Value places =
        ops.builder().initializer("places", Tensor.longs(new long[] {2, 2}, 0, 3, 1, -2));
    DoubleTensor gradient = RandomTensor.of(2, 2, 3);
    single.propagate(
        new GatherRowsRule(), ops.op("rows", "GatherND", Map.of(), x(), places), gradient);
    assertThat(single.sent(0).data()).containsExactly(single.differences("x").data(), within(1e-8));
    assertThat(single.sent(0).at(1, 2, 0)).isEqualTo(gradient.at(1, 0));
  }

  @Test
  void batchDimensionsAreRefusedByName() {
    Value places = ops.builder().initializer("places", Tensor.longs(new long[] {2, 1}, 3, 1));
    Map<String, Attribute> byRecord = Map.of("batch_dims", Attribute.of(1L));
    Value rows = ops.op("rows", "GatherND", byRecord, x(), places);
    assertThatThrownBy(() -> single.propagate(new GatherRowsRule(), rows, RandomTensor.of(2, 2, 3)))
        .hasMessageContaining("node.rows");
  }
}
