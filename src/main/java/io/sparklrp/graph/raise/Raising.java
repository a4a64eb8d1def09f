package io.sparklrp.graph.raise;

import io.sparklrp.graph.Graph;
import io.sparklrp.graph.GraphBuilder;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.pass.DeadCode;
import java.util.List;

/** All patterns, and the passes that they need, in their order. */
public final class Raising {
  private static final List<Pattern> PATTERNS =
      List.of(
          new LayerNormPattern(),
          new RmsNormPattern(),
          new GeluPattern(),
          new GeluTanhPattern(),
          new SiluPattern(),
          new RowwiseGemmPattern(),
          new PickedRowPattern(),
          new QuotientPattern());

  private Raising() {}

  /** The graph in the operators that rules know, as far as they are found. */
  public static Graph apply(Graph graph) {
    Graph folded = ConstantFolding.apply(graph);
    Graph resolved = ConstantFolding.apply(ReshapeTargets.resolve(folded));
    return DeadCode.remove(raised(DeadCode.remove(resolved)));
  }

  private static Graph raised(Graph graph) {
    Matching matching = new Matching(graph);
    GraphBuilder builder = new GraphBuilder(graph.name());
    graph.inputs().forEach(input -> builder.input(input.name(), input.type(), input.shape()));
    graph.initializers().forEach(builder::initializer);
    for (Node node : graph.nodes()) {
      if (PATTERNS.stream().noneMatch(pattern -> pattern.raise(node, matching, builder))) {
        builder.add(node);
      }
    }
    return builder.build(
        graph.outputs().stream().map(output -> builder.value(output.name())).toList());
  }
}
