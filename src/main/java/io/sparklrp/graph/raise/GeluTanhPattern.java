package io.sparklrp.graph.raise;

import io.sparklrp.graph.GraphBuilder;
import io.sparklrp.graph.Node;
import java.util.List;
import java.util.Optional;

/**
 * GELU's approximation as x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))) / 2, the factors in any
 * order, or with sqrt(2 / pi) x (1 + 0.044715 x^2) in the tanh.
 */
final class GeluTanhPattern implements Pattern {
  private static final double SCALE = Math.sqrt(2 / Math.PI);
  private static final double CUBIC = 0.044715;

  @Override
  public boolean raise(Node root, Matching graph, GraphBuilder target) {
    return GeluPattern.raise(root, graph, target, "tanh", gate -> tanhOf(gate, graph));
  }

  private static Optional<String> tanhOf(String factor, Matching graph) {
    return graph
        .node(factor, "Add")
        .flatMap(add -> graph.besideNumber(add, 1))
        .flatMap(tanh -> graph.node(tanh, "Tanh"))
        .flatMap(tanh -> graph.graph().producer(graph.source(tanh.input(0))))
        .filter(scaled -> Factors.isProduct(scaled, graph))
        .map(scaled -> Factors.of(scaled, graph))
        .filter(scaled -> RoundedNumber.isFactor(scaled.number(), SCALE))
        .flatMap(scaled -> polynomial(scaled.others(), graph));
  }

  private static Optional<String> polynomial(List<String> factors, Matching graph) {
    if (factors.size() == 1) {
      return cubic(factors.get(0), graph);
    }
    if (factors.size() != 2) {
      return Optional.empty();
    }
    Optional<String> second = quadratic(factors.get(1), factors.get(0), graph);
    return second.isPresent() ? second : quadratic(factors.get(0), factors.get(1), graph);
  }

  /** x of x + 0.044715 x^3. */
  private static Optional<String> cubic(String sum, Matching graph) {
    Optional<Node> add = graph.node(sum, "Add");
    for (int i = 0; i < 2 && add.isPresent(); i++) {
      String x = graph.source(add.get().input(i));
      if (isPower(add.get().input(1 - i), x, 3, graph)) {
        return Optional.of(x);
      }
    }
    return Optional.empty();
  }

  /** x of 1 + 0.044715 x^2. */
  private static Optional<String> quadratic(String sum, String x, Matching graph) {
    return graph
        .node(sum, "Add")
        .flatMap(add -> graph.besideNumber(add, 1))
        .filter(power -> isPower(power, x, 2, graph))
        .map(power -> graph.source(x));
  }

  /** Whether a value is 0.044715 x^n. */
  private static boolean isPower(String value, String x, int exponent, Matching graph) {
    Optional<Node> product =
        graph.graph().producer(graph.source(value)).filter(node -> Factors.isProduct(node, graph));
    if (product.isEmpty()) {
      return false;
    }
    Factors factors = Factors.of(product.get(), graph);
    int power = 0;
    for (String factor : factors.others()) {
      int of = exponent(factor, x, graph);
      if (of == 0) {
        return false;
      }
      power += of;
    }
    return power == exponent && RoundedNumber.isFactor(factors.number(), CUBIC);
  }

  /** n where a value is x^n; 0 where it is something else. */
  private static int exponent(String value, String x, Matching graph) {
    if (graph.isSame(value, x)) {
      return 1;
    }
    return graph
        .node(value, "Pow")
        .filter(node -> graph.isSame(node.input(0), x))
        .flatMap(node -> graph.number(node.input(1)))
        .map(Double::intValue)
        .orElse(0);
  }
}
