package io.sparklrp.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GraphBuilderTest {
  private final GraphBuilder builder = new GraphBuilder("test");
  private final Ops ops = new Ops(builder, "t", "layer.0");
  private final Value x =
      builder.input(
          "x", DataType.FLOAT32, Shape.of(Dim.symbol("batch"), Dim.symbol("sequence"), Dim.of(12)));

  @Test
  void infersShapesOfAttention() {
    Value split = ops.reshape("split", x, 0, 0, 3, 4);
    Value heads = ops.transpose("heads", split, List.of(0L, 2L, 1L, 3L));
    Value scores = ops.fusedMatMul("scores", heads, false, heads, true, 0.5f);
    assertThat(scores.shape().toString()).isEqualTo("[batch, 3, sequence, sequence]");
    Value context = ops.matMul("context", ops.softmax("weights", scores), heads);
    Value merged =
        ops.reshape("merged", ops.transpose("rows", context, List.of(0L, 2L, 1L, 3L)), 0, 0, -1);
    assertThat(merged.shape()).isEqualTo(x.shape());
  }

  @Test
  void infersShapesOfReductions() {
    assertThat(ops.reduceSum("kept", x, true, -1).shape().toString())
        .isEqualTo("[batch, sequence, 1]");
    assertThat(ops.reduceSum("dropped", x, false, 1).shape().toString()).isEqualTo("[batch, 12]");
  }

  @Test
  void namesNodesByStepAndNumbersRepetitions() {
    assertThat(ops.unary("exp", "Exp", x).name()).isEqualTo("t.exp");
    assertThat(ops.unary("exp", "Exp", x).name()).isNotEqualTo("t.exp").startsWith("t.exp.");
  }

  @Test
  void refusesUndefinedInputsAndUnknownOperators() {
    Node undefined =
        new Node("n", "Exp", "", List.of("nowhere"), List.of("y"), Map.of(), "layer.0");
    assertThatThrownBy(() -> builder.add(undefined)).hasMessageContaining("nowhere");
    Node unknown = new Node("m", "Fourier", "", List.of("x"), List.of("z"), Map.of(), "layer.0");
    assertThatThrownBy(() -> builder.add(unknown))
        .hasMessageContaining("m")
        .hasMessageContaining("Fourier");
  }

  @Test
  void refusesShapesThatDoNotFitAndNamesTheNode() {
    Value matrix = builder.initializer("w", Tensor.floats(new long[] {2, 2}, 1, 2, 3, 4));
    assertThatThrownBy(() -> ops.matMul("product", x, matrix)).hasMessageContaining("t.product");
  }

  @Test
  void addsOptionalOutputsOnce() {
    Value gamma = builder.initializer("gamma", Tensor.floats(new long[] {12}, new float[12]));
    Value beta = builder.initializer("beta", Tensor.floats(new long[] {12}, new float[12]));
    Value norm = ops.layerNormalization("norm", x, gamma, beta, 1e-5f);
    Value inverse = builder.optionalOutput("t.norm", 2);
    assertThat(inverse.shape().toString()).isEqualTo("[batch, sequence, 1]");
    assertThat(builder.optionalOutput("t.norm", 2)).isEqualTo(inverse);
    Graph graph = builder.build(List.of(norm, inverse));
    assertThat(graph.nodes().get(0).outputs()).containsExactly("t.norm", "", inverse.name());
  }

  @Test
  void sortsNodesAfterAReplacement() {
    Value y = ops.unary("act", "Relu", x);
    Value factor = ops.unary("later", "Exp", x);
    List<String> read = List.of(x.name(), factor.name());
    builder.replace("t.act", new Node("t.act", "Mul", "", read, List.of("t.act"), Map.of(), ""));
    Graph graph = builder.build(List.of(y));
    assertThat(graph.nodes()).extracting(Node::name).containsExactly("t.later", "t.act");
  }

  @Test
  void refusesANodeThatReadsItsOwnResult() {
    Value y = ops.unary("act", "Relu", x);
    Value after = ops.unary("after", "Exp", y);
    List<String> read = List.of(x.name(), after.name());
    builder.replace("t.act", new Node("t.act", "Mul", "", read, List.of("t.act"), Map.of(), ""));
    assertThatThrownBy(() -> builder.build(List.of(after)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("reads its own result");
  }
}
