package io.sparklrp.relevance;

import io.sparklrp.graph.Graph;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.op.Operators;
import io.sparklrp.graph.op.Trait;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Tells factors that normalise from other reciprocals: 1 over something that a reduction made, such
 * as a norm, a sum or a standard deviation.
 */
final class NormalisingFactors {
  private final Graph graph;
  private final ActiveValues active;

  NormalisingFactors(Graph graph, ActiveValues active) {
    this.graph = graph;
    this.active = active;
  }

  /** Whether a reciprocal is of a reduction. */
  boolean isFactor(Node reciprocal) {
    return behind(reciprocal.input(0), node -> Operators.is(node, Trait.OF_A_NORM))
        .filter(node -> Operators.is(node, Trait.REDUCING))
        .isPresent();
  }

  /** Whether a value is such a factor, perhaps reshaped. */
  boolean isMadeByFactor(String value) {
    return behind(value, node -> false)
        .filter(node -> node.op().equals("Reciprocal") && isFactor(node))
        .isPresent();
  }

  /** The first node upstream, along active values, that does more than pass on. */
  private Optional<Node> behind(String value, Predicate<Node> passing) {
    Optional<Node> node = graph.producer(value);
    while (node.isPresent()) {
      Optional<String> only = active.onlyActiveInput(node.get());
      if (only.isEmpty() || !isPassing(node.get(), only.get(), passing)) {
        return node;
      }
      node = graph.producer(only.get());
    }
    return node;
  }

  private static boolean isPassing(Node node, String from, Predicate<Node> others) {
    return Operators.isPassing(node, from) || others.test(node);
  }
}
