package io.sparklrp.relevance;

import io.sparklrp.graph.Graph;
import io.sparklrp.graph.Node;
import java.util.Optional;
import java.util.Set;

/**
 * Tells factors that normalise from other reciprocals: 1 over something that a reduction made, such
 * as a norm, a sum or a standard deviation.
 */
final class NormalisingFactors {
  /** What may be between the reduction and the reciprocal. */
  private static final Set<String> PASSING =
      Set.of(
          "Sqrt",
          "Add",
          "Max",
          "Min",
          "Mul",
          "Pow",
          "Cast",
          "Identity",
          "Unsqueeze",
          "Squeeze",
          "Expand",
          "Reshape");

  private static final Set<String> MOVING =
      Set.of("Cast", "Identity", "Unsqueeze", "Squeeze", "Expand", "Reshape");

  private final Graph graph;
  private final ActiveValues active;

  NormalisingFactors(Graph graph, ActiveValues active) {
    this.graph = graph;
    this.active = active;
  }

  /** Whether a reciprocal is of a reduction. */
  boolean isFactor(Node reciprocal) {
    return behind(reciprocal.input(0), PASSING)
        .filter(node -> node.op().startsWith("Reduce"))
        .isPresent();
  }

  /** Whether a value is such a factor, perhaps reshaped. */
  boolean isMadeByFactor(String value) {
    return behind(value, MOVING)
        .filter(node -> node.op().equals("Reciprocal") && isFactor(node))
        .isPresent();
  }

  private Optional<Node> behind(String value, Set<String> passing) {
    Optional<Node> node = graph.producer(value);
    while (node.isPresent() && passing.contains(node.get().qualifiedOp())) {
      Optional<String> only = active.onlyActiveInput(node.get());
      if (only.isEmpty()) {
        return Optional.empty();
      }
      node = graph.producer(only.get());
    }
    return node;
  }
}
