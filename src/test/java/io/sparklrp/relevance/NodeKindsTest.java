package io.sparklrp.relevance;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.graph.Attribute;
import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Dim;
import io.sparklrp.graph.Graph;
import io.sparklrp.graph.GraphBuilder;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Tensor;
import io.sparklrp.graph.Value;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What elementwise products, and the products around a softmax, are taken for. */
class NodeKindsTest {
  private final GraphBuilder builder = new GraphBuilder("test");
  private final Ops ops = new Ops(builder, "m", "layer.0");
  private final Value x =
      builder.input(
          "x", DataType.FLOAT32, Shape.of(Dim.symbol("batch"), Dim.symbol("sequence"), Dim.of(2)));
  private final Value w = builder.initializer("w", Tensor.floats(new long[] {2, 2}, 1, 2, 3, 4));
  private final Value up = ops.matMul("up", x, w);
  private final Value gate = ops.matMul("gate", ops.add("other", x, x), w);

  private Map<String, NodeKind> kinds(Value output) {
    Graph graph = builder.build(List.of(output));
    return new NodeKinds(graph, new ActiveValues(graph, "x")).all();
  }

  private NodeKind kind(Value product) {
    return kinds(product).get(product.name());
  }

  /** Activation functions as models are made of them. */
  enum Function {
    GELU,
    QUICK_GELU,
    RELU,
    SIGMOID,
    TANH;

    Value of(Ops ops, Value value) {
      return switch (this) {
        case GELU -> ops.unary("active", "Gelu", value);
        case QUICK_GELU -> ops.quickGelu("active", value, 1f);
        case RELU -> ops.unary("active", "Relu", value);
        case SIGMOID -> ops.unary("active", "Sigmoid", value);
        case TANH -> ops.unary("active", "Tanh", value);
      };
    }
  }

  @ParameterizedTest
  @EnumSource
  void factorThatAnActivationMakesIsTheGate(Function function) {
    Value active = function.of(ops, gate);
    assertThat(kind(ops.mul("first", active, up))).isEqualTo(NodeKind.GATE_FIRST);
    assertThat(kind(ops.mul("second", up, active))).isEqualTo(NodeKind.GATE_SECOND);
  }

  @Test
  void gateMayBeScaledAndMovedOnItsWay() {
    Value active = ops.quickGelu("active", gate, 1f);
    Value scaled = ops.mul("scaled", active, ops.scalar(0.5f));
    Value moved = ops.reshape("moved", scaled, 0, 0, 2);
    assertThat(kind(ops.mul("gated", up, moved))).isEqualTo(NodeKind.GATE_SECOND);
  }

  @Test
  void ofTwoActivationsTheFirstIsTheGate() {
    Value active = ops.quickGelu("active", gate, 1f);
    assertThat(kind(ops.mul("both", active, ops.unary("relu", "Relu", up))))
        .isEqualTo(NodeKind.GATE_FIRST);
  }

  @Test
  void otherProductsHaveNoGate() {
    Value residual = ops.add("residual", ops.quickGelu("active", gate, 1f), x);
    assertThat(kind(ops.mul("square", x, x))).isEqualTo(NodeKind.PRODUCT);
    assertThat(kind(ops.mul("linear", gate, up))).isEqualTo(NodeKind.PRODUCT);
    assertThat(kind(ops.mul("sum", residual, up))).isEqualTo(NodeKind.PRODUCT);
    assertThat(kind(ops.mul("half", up, ops.scalar(0.5f)))).isEqualTo(NodeKind.LINEAR);
  }

  @Test
  void scoresThatAreKeptSmallAreStillTheAttentions() {
    Value scores = ops.fusedMatMul("scores", up, false, gate, true, 1f);
    Value bent = ops.unary("bent", "Tanh", ops.div("small", scores, ops.scalar(2f)));
    Value weights = ops.softmax("weights", ops.mul("capped", bent, ops.scalar(2f)));
    Map<String, NodeKind> kinds = kinds(ops.matMul("context", weights, x));
    assertThat(kinds)
        .containsEntry("m.scores", NodeKind.ATTENTION_SCORES)
        .containsEntry("m.bent", NodeKind.ACTIVATION)
        .containsEntry("m.weights", NodeKind.ATTENTION_WEIGHTS)
        .containsEntry("m.context", NodeKind.ATTENTION_VALUES);
  }

  @Test
  void attentionIsFoundHoweverItsWeightsAreMaskedScaledOrMixed() {
    Value weights = ops.softmax("weights", ops.fusedMatMul("scores", up, false, gate, true, 1f));
    Value isNan = ops.unary("is_nan", "IsNaN", weights);
    Value masked = ops.where("masked", isNan, ops.scalar(0f), weights);
    Value raised = ops.op("raised", "Max", Map.of(), masked, ops.scalar(0f));
    Value padded = ops.pad("padded", raised, 2, ops.longs(0), ops.longs(0), ops.scalar(0f));
    assertThat(kinds(ops.matMul("context", padded, x)))
        .containsEntry("m.weights", NodeKind.ATTENTION_WEIGHTS)
        .containsEntry("m.scores", NodeKind.ATTENTION_SCORES)
        .containsEntry("m.context", NodeKind.ATTENTION_VALUES);
  }

  @Test
  void weightsMayBeTheSecondFactor() {
    Value weights = ops.softmax("weights", ops.fusedMatMul("scores", up, false, gate, true, 1f));
    Value columns = ops.transpose("columns", x, List.of(0L, 2L, 1L));
    Value turned = ops.transpose("turned", weights, List.of(0L, 2L, 1L));
    assertThat(kinds(ops.matMul("context", columns, turned)))
        .containsEntry("m.weights", NodeKind.ATTENTION_WEIGHTS)
        .containsEntry("m.scores", NodeKind.ATTENTION_SCORES)
        .containsEntry("m.context", NodeKind.ATTENTION_VALUES_FIRST);
  }

  @Test
  void sharesThatASoftmaxMakesAreAGate() {
    Value shares = ops.op("shares", "Softmax", Map.of("axis", Attribute.of(1L)), gate);
    assertThat(kinds(ops.mul("pooled", shares, up)))
        .containsEntry("m.shares", NodeKind.SOFTMAX)
        .containsEntry("m.pooled", NodeKind.GATE_FIRST);
    assertThat(kind(ops.mul("other_way", up, shares))).isEqualTo(NodeKind.GATE_SECOND);
  }

  @Test
  void softmaxAndProductsOfOtherUseAreNotAttention() {
    Value mixed = ops.fusedMatMul("mixed", up, false, gate, true, 1f);
    Map<String, NodeKind> kinds = kinds(ops.softmax("shares", mixed));
    assertThat(kinds)
        .containsEntry("m.mixed", NodeKind.MATRIX_PRODUCT)
        .containsEntry("m.shares", NodeKind.SOFTMAX);
  }
}
