package io.sparklrp.graph.raise;

import io.sparklrp.graph.Attribute;
import io.sparklrp.graph.GraphBuilder;
import io.sparklrp.graph.Node;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** SiLU as x sigmoid(x), and x sigmoid(alpha x). */
final class SiluPattern implements Pattern {
  @Override
  public boolean raise(Node root, Matching graph, GraphBuilder target) {
    return root.qualifiedOp().equals("Mul")
        && (raise(root, 0, graph, target) || raise(root, 1, graph, target));
  }

  private static boolean raise(Node root, int gate, Matching graph, GraphBuilder target) {
    String x = graph.source(root.input(1 - gate));
    Optional<Node> sigmoid = graph.node(root.input(gate), "Sigmoid");
    Optional<Double> alpha = sigmoid.flatMap(node -> scale(node.input(0), x, graph));
    alpha.ifPresent(
        found ->
            target.add(
                new Node(
                    root.name(),
                    "QuickGelu",
                    Node.MICROSOFT,
                    List.of(x),
                    root.outputs(),
                    Map.of("alpha", Attribute.of(found.floatValue())),
                    root.scope())));
    return alpha.isPresent();
  }

  /** alpha where a value is alpha x. */
  private static Optional<Double> scale(String value, String x, Matching graph) {
    if (graph.isSame(value, x)) {
      return Optional.of(1.0);
    }
    return graph
        .node(value, "Mul")
        .map(node -> Factors.of(node, graph))
        .filter(factors -> factors.others().equals(List.of(x)))
        .map(Factors::number);
  }
}
