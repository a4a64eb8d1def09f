package io.sparklrp.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GraphTextTest {
  private static final Shape ROWS = Shape.of(Dim.symbol("batch"), Dim.of(4));

  private final GraphBuilder builder = new GraphBuilder("test");
  private final Ops ops = new Ops(builder, "m", "");
  private final Value x = builder.input("x", DataType.FLOAT32, ROWS);

  private static List<String> lines(Graph graph) {
    return GraphText.lines(graph);
  }

  @Test
  void oneNodeALine() {
    Value turned = ops.transpose("turned", x, List.of(1L, 0L));
    assertThat(lines(builder.build(List.of(turned, ops.cast("ids", x, DataType.INT64)))))
        .containsExactly(
            "2 nodes, 0 constants",
            "inputs: x [batch, 4]",
            "outputs: m.turned [4, batch], m.ids int64[batch, 4]",
            "m.turned = Transpose(x) [perm=[1, 0]] -> [4, batch]",
            "m.ids = Cast(x) [to=7] -> int64[batch, 4]");
  }

  /** Attributes are in the order of their names, whatever the order in which they are kept. */
  @Test
  void absentInputsAndAllKindsOfAttributes() {
    Map<String, Attribute> attributes =
        Map.of(
            "text", Attribute.of("none"),
            "number", Attribute.of(0.5f),
            "whole", Attribute.of(2L),
            "tensor", new Attribute.TensorValue(Tensor.scalar(1f)),
            "several", new Attribute.FloatsValue(List.of(1f, 2f)));
    Node node =
        new Node("n", "Any", "domain", List.of("x", "", "z"), List.of("a", "b"), attributes, "");
    assertThat(GraphText.operation(node))
        .isEqualTo(
            "a, b = Any(x, _, z) [number=0.5, several=[1.0, 2.0], tensor=FLOAT32[], text=none,"
                + " whole=2]");
  }

  @Test
  void namesOfAFileCannotBreakTheLine() {
    List<String> values = List.of("a\nb = Tanh(x)", "\u001b[2Jc");
    Node node = new Node("n", "Any", "", values, List.of("d\r"), Map.of(), "");
    assertThat(GraphText.operation(node)).isEqualTo("d? = Any(a?b = Tanh(x), ?[2Jc)");
  }

  @Test
  void graphsWithinAreIndented() {
    GraphBuilder inner = new GraphBuilder("body");
    Value one = inner.input("one", DataType.FLOAT32, Shape.of(Dim.symbol("batch")));
    Graph body = inner.build(List.of(new Ops(inner, "in", "").unary("same", "Identity", one)));
    Map<String, Attribute> attributes =
        Map.of("body", new Attribute.GraphValue(body), "num_scan_inputs", Attribute.of(1L));
    builder.add(new Node("s", "Scan", "", List.of("x"), List.of("y"), attributes, ""));
    List<String> lines = lines(builder.build(List.of(builder.value("y"))));
    assertThat(lines.get(3)).startsWith("y = Scan(x) [body=graph below, num_scan_inputs=1] -> ");
    assertThat(lines.subList(4, lines.size()))
        .containsExactly(
            "    1 nodes, 0 constants",
            "    inputs: one [batch]",
            "    outputs: in.same [batch]",
            "    in.same = Identity(one) -> [batch]");
  }
}
