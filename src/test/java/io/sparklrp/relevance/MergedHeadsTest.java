package io.sparklrp.relevance;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Dim;
import io.sparklrp.graph.Graph;
import io.sparklrp.graph.GraphBuilder;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Value;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MergedHeadsTest {
  private static final Dim BATCH = Dim.symbol("batch");

  private final GraphBuilder builder = new GraphBuilder("test");
  private final Ops ops = new Ops(builder, "m", "layer.0");
  private final Value x =
      builder.input("x", DataType.FLOAT32, Shape.of(BATCH, Dim.symbol("sequence"), Dim.of(6)));
  private final Value split = ops.reshape("split", x, 0, 0, 2, 3);

  private MergedHeads of(Value value) {
    Graph graph = builder.build(List.of(value));
    return new MergedHeads(graph, new ActiveValues(graph, "x"), BATCH);
  }

  @Test
  void headsBehindTheirRecordAreByRecord() {
    Value byHead = ops.transpose("by_head", split, List.of(0L, 2L, 1L, 3L));
    Value whole = ops.op("whole", "Reshape", Map.of(), byHead, shape());
    assertThat(whole.shape().dim(0)).isEqualTo(new Dim(2, List.of("batch")));
    assertThat(of(whole).areByRecord(whole.name())).isTrue();
    assertThat(of(whole).heads(whole.shape().dim(0))).contains(Dim.of(2));
    Value scaled = ops.mul("scaled", whole, ops.scalar(2f));
    assertThat(of(scaled).areByRecord(scaled.name())).isTrue();
  }

  /** [-1, sequence, 3] as exporters compute it. */
  private Value shape() {
    return ops.concat(
        "shape", 0, List.of(ops.longs(-1), ops.dimension("length", x, 1), ops.longs(3)));
  }

  @Test
  void recordsBehindTheirHeadAreNot() {
    Value byHead = ops.transpose("by_head", split, List.of(2L, 0L, 1L, 3L));
    Value merged = ops.op("merged", "Reshape", Map.of(), byHead, shape());
    assertThat(merged.shape().dim(0)).isEqualTo(new Dim(2, List.of("batch")));
    assertThat(of(merged).areByRecord(merged.name())).isFalse();
  }

  @Test
  void recordsAloneHaveNoHeads() {
    assertThat(of(split).heads(BATCH)).isEmpty();
  }
}
