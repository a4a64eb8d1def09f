package io.sparklrp.graph.pass;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Dim;
import io.sparklrp.graph.Graph;
import io.sparklrp.graph.GraphBuilder;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Tensor;
import io.sparklrp.graph.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

class PassesTest {
  private final GraphBuilder builder = new GraphBuilder("test");
  private final Ops ops = new Ops(builder, "t", "layer.0");
  private final Value x =
      builder.input(
          "x", DataType.FLOAT32, Shape.of(Dim.symbol("batch"), Dim.symbol("sequence"), Dim.of(2)));
  private final Value w = builder.initializer("w", Tensor.floats(new long[] {2, 2}, 1, 2, 3, 4));

  private Value first(Value value) {
    return ops.slice("first", value, 1, ops.longs(0), ops.longs(1));
  }

  @Test
  void deadCodeGoesWithItsConstantsAndUnreadOutputs() {
    Value kept = ops.unary("kept", "Exp", x);
    ops.matMul("dead", x, w);
    Graph graph = DeadCode.remove(builder.build(List.of(kept)));
    assertThat(graph.nodes()).extracting(Node::name).containsExactly("t.kept");
    assertThat(graph.initializers()).isEmpty();
    assertThat(graph.inputs()).hasSize(1);
  }

  @Test
  void equalNodesAreMerged() {
    Value one = ops.unary("one", "Exp", x);
    Value two = ops.unary("two", "Exp", x);
    Graph graph = CommonSubexpressions.merge(builder.build(List.of(ops.add("sum", one, two))));
    assertThat(graph.nodes()).extracting(Node::op).containsExactly("Exp", "Add");
  }

  @Test
  void nodesOfOtherAttributesAreNotMerged() {
    Value one = ops.reduceSum("one", x, true, 1);
    Value two = ops.reduceSum("two", x, false, 1);
    Graph graph = CommonSubexpressions.merge(builder.build(List.of(one, two)));
    assertThat(graph.nodes()).hasSize(2);
  }

  @Test
  void sliceMovesAboveRowwiseOperators() {
    Value y = ops.unary("tanh", "Tanh", ops.matMul("product", x, w));
    Graph graph = SlicePushdown.apply(builder.build(List.of(first(y))));
    assertThat(graph.nodes())
        .extracting(Node::op)
        .containsExactly("Slice", "MatMul", "Tanh", "Identity");
    assertThat(graph.value("t.product").shape().toString()).isEqualTo("[batch, 1, 2]");
  }

  @Test
  void sliceStopsWhereTheWholeIsNeededToo() {
    Value whole = ops.unary("tanh", "Tanh", x);
    Value all = ops.reduceSum("all", whole, false, 1, 2);
    Value row = first(ops.unary("exp", "Exp", whole));
    Graph graph = SlicePushdown.apply(builder.build(List.of(all, row)));
    assertThat(graph.value("t.tanh").shape()).isEqualTo(x.shape());
    assertThat(graph.value("t.exp").shape().toString()).isEqualTo("[batch, 1, 2]");
  }

  @Test
  void sliceDoesNotPassASumOverItsAxis() {
    Value weights =
        ops.op(
            "weights", "Softmax", java.util.Map.of("axis", io.sparklrp.graph.Attribute.of(1L)), x);
    Graph graph = SlicePushdown.apply(builder.build(List.of(first(weights))));
    assertThat(graph.value("t.weights").shape()).isEqualTo(x.shape());
  }

  @Test
  void queriesOfAttentionAreCutAndKeysAreNot() {
    Value scores =
        ops.fusedMatMul("scores", ops.matMul("q", x, w), false, ops.unary("k", "Exp", x), true, 1f);
    Value context = ops.matMul("context", ops.softmax("weights", scores), x);
    Graph graph = SlicePushdown.apply(builder.build(List.of(first(context))));
    assertThat(graph.value("t.scores").shape().toString()).isEqualTo("[batch, 1, sequence]");
    assertThat(graph.value("t.q").shape().toString()).isEqualTo("[batch, 1, 2]");
    assertThat(graph.value("t.k").shape()).isEqualTo(x.shape());
  }
}
