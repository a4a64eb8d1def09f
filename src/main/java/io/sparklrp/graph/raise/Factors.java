package io.sparklrp.graph.raise;

import io.sparklrp.graph.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A product of products and quotients, taken apart: the numbers multiplied, and the other factors
 * in no order.
 */
record Factors(double number, List<String> others) {
  private static final int DEEPEST = 8;

  /** Copies. */
  Factors {
    others = List.copyOf(others);
  }

  /** The factors of what a node makes. */
  static Factors of(Node node, Matching graph) {
    List<String> others = new ArrayList<>();
    double number = collect(node, graph, others, DEEPEST);
    return new Factors(number, others);
  }

  private static double collect(Node node, Matching graph, List<String> others, int deepest) {
    double product = factor(node.input(0), graph, others, deepest);
    if (node.qualifiedOp().equals("Div")) {
      return product / graph.number(node.input(1)).orElseThrow();
    }
    return product * factor(node.input(1), graph, others, deepest);
  }

  private static double factor(String value, Matching graph, List<String> others, int deepest) {
    Optional<Double> number = graph.number(value);
    if (number.isPresent()) {
      return number.get();
    }
    Optional<Node> maker =
        graph
            .graph()
            .producer(graph.source(value))
            .filter(node -> deepest > 0 && isProduct(node, graph));
    if (maker.isPresent()) {
      return collect(maker.get(), graph, others, deepest - 1);
    }
    others.add(graph.source(value));
    return 1;
  }

  /** Whether a node multiplies, or divides by a number. */
  static boolean isProduct(Node node, Matching graph) {
    return node.qualifiedOp().equals("Mul")
        || (node.qualifiedOp().equals("Div") && graph.number(node.input(1)).isPresent());
  }

  /** Whether the product is a number times a value. */
  boolean is(double wanted, String value) {
    return others.equals(List.of(value)) && RoundedNumber.isFactor(number, wanted);
  }
}
