package io.sparklrp.graph.pass;

import io.sparklrp.graph.Graph;
import io.sparklrp.graph.GraphBuilder;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.Ops;

/** Multiplies a value by a number before anything reads it: for finite differences. */
public final class ScaledValue {
  private ScaledValue() {}

  /** The graph in which all readers of the value get it times the factor. */
  public static Graph apply(Graph graph, String value, float factor) {
    GraphBuilder builder = GraphBuilder.withInputsOf(graph);
    Ops ops = new Ops(builder, value, "");
    String scaled = null;
    for (Node node : graph.nodes()) {
      String replacement = scaled == null ? value : scaled;
      builder.add(
          node.withInputs(
              node.inputs().stream()
                  .map(name -> name.equals(value) ? replacement : name)
                  .toList()));
      if (node.outputs().contains(value)) {
        scaled = ops.mul("scaled", builder.value(value), ops.scalar(factor)).name();
      }
    }
    return builder.buildLike(graph);
  }
}
