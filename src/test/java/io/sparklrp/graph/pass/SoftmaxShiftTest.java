package io.sparklrp.graph.pass;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.graph.Attribute;
import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Dim;
import io.sparklrp.graph.Graph;
import io.sparklrp.graph.GraphBuilder;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Tensor;
import io.sparklrp.graph.Value;
import io.sparklrp.oracle.DoubleTensor;
import io.sparklrp.oracle.RandomTensor;
import io.sparklrp.oracle.SameOutputs;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Attention weights of keys with a bias. */
class SoftmaxShiftTest {
  private static final long SEED = 20_261_128;
  private static final List<Long> BY_HEAD = List.of(0L, 2L, 1L, 3L);
  private static final Map<String, DoubleTensor> INPUTS =
      Map.of(
          "queries", RandomTensor.of(SEED, 2, 4, 3, 5),
          "keys", RandomTensor.of(SEED + 1, 2, 3, 20),
          "mask", RandomTensor.of(SEED + 2, 2, 1, 1, 3));

  private final GraphBuilder builder = new GraphBuilder("test");
  private final Ops ops = new Ops(builder, "t", "layer.0");
  private final Value queries = input("queries", "batch", 4, "sequence", 5);
  private final Value keys = input("keys", "batch", "sequence", 20);
  private final Value mask = input("mask", "batch", 1, 1, "sequence");
  private final Value sum = ops.add("sum", keys, bias());

  private Value input(String name, Object... sizes) {
    Dim[] dims = new Dim[sizes.length];
    for (int i = 0; i < sizes.length; i++) {
      dims[i] = sizes[i] instanceof Integer size ? Dim.of(size) : Dim.symbol((String) sizes[i]);
    }
    return builder.input(name, DataType.FLOAT32, Shape.of(dims));
  }

  private Value bias() {
    float[] elements = new float[20];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = i % 7 - 2.5f;
    }
    return builder.initializer("bias", Tensor.floats(new long[] {20}, elements));
  }

  private Value heads() {
    return ops.transpose("heads", ops.reshape("split", sum, 0, 0, 4, 5), BY_HEAD);
  }

  private Value scores(Value heads) {
    return ops.fusedMatMul("scores", queries, false, heads, true, 0.4f);
  }

  private Value weights() {
    return ops.softmax("weights", ops.add("masked", scores(heads()), mask));
  }

  private static Graph applied(Graph before) {
    Graph after = SoftmaxShift.apply(before);
    SameOutputs.check(before, after, INPUTS, 1e-12, SEED);
    return after;
  }

  private static List<String> names(Graph graph) {
    return graph.nodes().stream().map(Node::name).toList();
  }

  @Test
  void weightsDoNotNeedTheBiasOfKeys() {
    Graph after = applied(builder.build(List.of(weights())));
    assertThat(names(after)).doesNotContain("t.sum");
    assertThat(after.constant("bias")).isEmpty();
  }

  @Test
  void scoresThatAreReadKeepIt() {
    Value weights = weights();
    Value read = ops.unary("read", "Exp", builder.value("t.masked"));
    assertThat(names(applied(builder.build(List.of(weights, read))))).contains("t.sum");
  }

  @Test
  void keysThatAreReadKeepIt() {
    Value weights = weights();
    assertThat(names(applied(builder.build(List.of(weights, builder.value("t.heads"))))))
        .contains("t.sum");
  }

  @Test
  void aSoftmaxOverQueriesKeepsIt() {
    Value masked = ops.add("masked", scores(heads()), mask);
    Value weights = ops.op("weights", "Softmax", Map.of("axis", Attribute.of(2L)), masked);
    assertThat(names(applied(builder.build(List.of(weights))))).contains("t.sum");
  }

  /** Records and rows mixed: what is one number for each head is none any more. */
  @Test
  void partsOfOtherRowsKeepIt() {
    Value parts = ops.reshape("split", sum, 0, 4, -1, 5);
    Value scores = ops.fusedMatMul("scores", queries, false, parts, true, 0.4f);
    Value weights = ops.softmax("weights", ops.add("masked", scores, mask));
    assertThat(names(applied(builder.build(List.of(weights))))).contains("t.sum");
  }
}
