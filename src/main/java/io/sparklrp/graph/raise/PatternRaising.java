package io.sparklrp.graph.raise;

import io.sparklrp.graph.Graph;
import io.sparklrp.graph.GraphBuilder;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.pass.Pass;
import java.util.List;

/** All patterns: the first that matches a node writes its operator. */
final class PatternRaising {
  /** This pass. */
  static final Pass<Graph> PASS =
      new Pass<>(
          "patterns",
          "Makes one operator of those that exporters write in its place.",
          PatternRaising::apply);

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

  private PatternRaising() {}

  private static Graph apply(Graph graph) {
    Matching matching = new Matching(graph);
    GraphBuilder builder = new GraphBuilder(graph.name());
    graph.inputs().forEach(input -> builder.input(input.name(), input.type(), input.shape()));
    graph.initializers().forEach(builder::initializer);
    for (Node node : graph.nodes()) {
      if (PATTERNS.stream().noneMatch(pattern -> pattern.raise(node, matching, builder))) {
        builder.add(node);
      }
    }
    return builder.buildLike(graph);
  }
}
