package io.sparklrp.compile;

import io.sparklrp.engine.OperationFunction;
import io.sparklrp.engine.OperationFunction.Term;
import io.sparklrp.graph.Attribute;
import io.sparklrp.graph.Dim;
import io.sparklrp.graph.Graph;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.op.Operators;
import io.sparklrp.graph.op.Trait;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Counts what the engine computes for a batch. A product of matrices costs two operations for each
 * element and each summand; any other node costs by the elements that it makes, which are bound by
 * memory and not by arithmetic.
 */
final class OperationCount {
  /**
   * Operations of a matrix product that take as long as making one element of another value: some 8
   * bytes are moved for it.
   */
  static final double OF_ELEMENT = 16;

  private static final double OF_SUMMAND = 2;

  private final Map<Term, Double> factors = new LinkedHashMap<>();

  private OperationCount() {}

  /**
   * The operations of a graph.
   *
   * @param graph forward and, if it has one, relevance pass
   */
  static OperationFunction of(Graph graph) {
    OperationCount count = new OperationCount();
    count.add(graph, Dim.of(1));
    return new OperationFunction(
        count.factors.entrySet().stream()
            .map(entry -> withFactor(entry.getKey(), entry.getValue()))
            .toList());
  }

  private void add(Graph graph, Dim times) {
    for (Node node : graph.nodes()) {
      Optional<Graph> body = body(node);
      if (body.isPresent()) {
        add(body.get(), times.times(rounds(graph, node)));
      } else if (!Operators.is(node, Trait.SAME_DATA)) {
        add(graph, node, times);
      }
    }
  }

  private void add(Graph graph, Node node, Dim times) {
    Optional<Dim> summands = summands(graph, node);
    for (String output : node.outputs()) {
      if (!output.isEmpty()) {
        Dim elements = graph.value(output).shape().size().times(times);
        add(
            summands.map(elements::times).orElse(elements),
            summands.isPresent() ? OF_SUMMAND : OF_ELEMENT);
      }
    }
  }

  private static Optional<Graph> body(Node node) {
    return node.attributes().get("body") instanceof Attribute.GraphValue body
        ? Optional.of(body.value())
        : Optional.empty();
  }

  /** How often the body of a loop over the last input is run. */
  private static Dim rounds(Graph graph, Node loop) {
    Shape scanned = graph.value(loop.input(loop.inputs().size() - 1)).shape();
    return scanned.rank() == 0 ? Dim.of(1) : scanned.dim(0);
  }

  /** Of how many products an element of the output is the sum; empty for other nodes. */
  private static Optional<Dim> summands(Graph graph, Node node) {
    if (node.op().startsWith("Conv")) {
      Shape weight = graph.value(node.input(1)).shape();
      return Optional.of(new Shape(weight.dims().subList(1, weight.rank())).size());
    }
    boolean isProduct = node.op().contains("MatMul") || node.op().equals("Gemm");
    if (!isProduct || graph.value(node.input(0)).shape().rank() == 0) {
      return Optional.empty();
    }
    Shape left = graph.value(node.input(0)).shape();
    boolean isTransposed = node.integer("transA", 0) != 0 && left.rank() > 1;
    return Optional.of(left.dim(isTransposed ? -2 : -1));
  }

  private void add(Dim size, double each) {
    int[] powers = new int[4];
    for (String symbol : size.symbols()) {
      powers[
          switch (symbol) {
            case "batch" -> 0;
            case "rows" -> 2;
            case "targets" -> 3;
            default -> 1; // sizes that are not known are taken for the length of a record
          }]++;
    }
    factors.merge(
        new Term(1, powers[0], powers[1], powers[2], powers[3]), each * size.factor(), Double::sum);
  }

  private static Term withFactor(Term powers, double factor) {
    return new Term(factor, powers.records(), powers.tokens(), powers.rows(), powers.targets());
  }
}
