package io.sparklrp.graph.pass;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Dim;
import io.sparklrp.graph.Graph;
import io.sparklrp.graph.GraphBuilder;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Value;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a plan says of the passes of a stage. */
class PlanTest {
  private static final Pass<Graph> NOTHING = new Pass<>("nothing", "Does nothing.", graph -> graph);

  private final GraphBuilder builder = new GraphBuilder("test");
  private final Value x =
      builder.input("x", DataType.FLOAT32, Shape.of(Dim.symbol("batch"), Dim.of(4)));
  private final Plan plan = new Plan();

  /** An activation that nobody reads, and one that is read. */
  private Graph graph() {
    Ops ops = new Ops(builder, "m", "head");
    ops.unary("unread", "Tanh", x);
    return builder.build(List.of(ops.unary("read", "Relu", x)));
  }

  private Graph run(Stage<Graph> stage, Graph graph) {
    return stage.run(graph, state -> state, plan);
  }

  @Test
  void beginsWithTheGraphAndSaysWhatEachPassDid() {
    Graph after = run(new Stage<>("clean", List.of(NOTHING, DeadCode.PASS)), graph());
    assertThat(after.nodes()).hasSize(1);
    assertThat(plan.lines())
        .containsExactly(
            "2 nodes, 0 constants",
            "inputs: x [batch, 4]",
            "outputs: m.read [batch, 4]",
            "head:",
            "  m.unread = Tanh(x) -> [batch, 4]",
            "  m.read = Relu(x) -> [batch, 4]",
            "",
            "clean / nothing: Does nothing.",
            "nothing to do",
            "",
            "clean / dead code: Leaves out what nobody reads.",
            "2 -> 1 nodes: Tanh -1",
            "head:",
            "  - m.unread = Tanh(x) -> [batch, 4]");
  }

  @Test
  void whatIsObjectedToIsLeftOutAndToldWhy() {
    Stage<Graph> stage =
        new Stage<>(
            "prune", List.of(DeadCode.PASS), (before, after) -> Optional.of("it is wanted"));
    Graph graph = graph();
    assertThat(run(stage, graph)).isSameAs(graph);
    assertThat(plan.lines()).endsWith("left out: it is wanted");
    assertThat(plan.steps())
        .singleElement()
        .satisfies(step -> assertThat(step.after()).isSameAs(step.before()));
  }

  /** Layer 2 differs from layer 1 by its number only; layer 1 reads a layer, and layer 0 not. */
  @Test
  void ofEqualLayersTheFirstIsPrinted() {
    Value value = x;
    for (int layer = 0; layer < 4; layer++) {
      Ops ops = new Ops(builder, "model.layers." + layer, "layer." + layer);
      value = ops.unary("out", "Relu", ops.unary("in", "Tanh", value));
    }
    run(new Stage<>("clean", List.of(NOTHING)), builder.build(List.of(value)));
    assertThat(plan.lines().subList(3, 11))
        .containsExactly(
            "layer.0, ~ is model.layers.0:",
            "  ~.in = Tanh(x) -> [batch, 4]",
            "  ~.out = Relu(~.in) -> [batch, 4]",
            "layer.1, ~ is model.layers.1:",
            "  ~.in = Tanh(~-1.out) -> [batch, 4]",
            "  ~.out = Relu(~.in) -> [batch, 4]",
            "layer.2: 2 lines, as layer.1",
            "layer.3: 2 lines, as layer.1");
  }

  @Test
  void changedShapesAreShort() {
    Ops ops = new Ops(builder, "m", "head");
    Value active = ops.unary("active", "Relu", x);
    Graph graph = builder.build(List.of(ops.slice("row", active, 0, ops.longs(0), ops.longs(1))));
    run(new Stage<>("prune", List.of(SlicePushdown.PASS)), graph);
    assertThat(plan.lines())
        .contains("  - m.active = Relu(x) -> [batch, 4]", "  + m.active = Relu(x.sliced) -> [1, 4]")
        .contains("  + m.row = Identity(m.active) -> [1, 4]");
  }
}
