package io.sparklrp.onnx;

import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Graph;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.op.Operators;
import io.sparklrp.graph.op.Trait;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Rows of a table of whole numbers that become floats after they are looked up: by Cast, perhaps
 * Sub of a zero point, and Mul with a scale, which may be looked up too.
 *
 * @param lookup the lookup of whole numbers
 * @param last the node that makes the float rows, [batch, sequence, hidden]
 * @param others lookups of scales and zero points, by name of their output
 */
record QuantisedRows(Node lookup, Node last, List<String> others) {
  private static final int RANK = 3;
  private static final Set<String> SCALING = Set.of("Mul", "Div");
  private static final Set<String> SHIFTING = Set.of("Sub", "Add");

  /** The rows that a lookup is dequantised to; empty where it is of floats, or of nothing known. */
  static Optional<QuantisedRows> of(Graph graph, Node lookup) {
    boolean isWhole =
        graph.value(lookup.output()).type() != DataType.FLOAT32
            && graph.value(lookup.input(0)).rank() == 2
            && Lookups.isConstant(graph, lookup.input(0));
    return isWhole ? follow(graph, lookup) : Optional.empty();
  }

  private static Optional<QuantisedRows> follow(Graph graph, Node lookup) {
    List<String> others = new ArrayList<>();
    Node at = lookup;
    boolean isScaled = false;
    while (!isScaled || graph.value(at.output()).rank() != RANK) {
      Optional<Node> next = onlyReader(graph, at.output());
      boolean passes = next.isPresent() && passes(graph, next.get(), at, isScaled);
      if (!passes) {
        return Optional.empty();
      }
      others.addAll(lookedUp(graph, next.get(), at));
      isScaled |= SCALING.contains(next.get().qualifiedOp());
      at = next.get();
    }
    return Optional.of(new QuantisedRows(lookup, at, others));
  }

  private static boolean passes(Graph graph, Node node, Node before, boolean isScaled) {
    if (Operators.is(node, Trait.KEEPING_ELEMENTS)) {
      return node.input(0).equals(before.output());
    }
    boolean isStep = SHIFTING.contains(node.qualifiedOp()) || SCALING.contains(node.qualifiedOp());
    return isStep
        && !isScaled
        && node.inputs().stream()
            .filter(input -> !input.equals(before.output()))
            .allMatch(input -> Lookups.isConstant(graph, input) || isLookup(graph, input));
  }

  private static List<String> lookedUp(Graph graph, Node node, Node before) {
    return node.inputs().stream()
        .filter(input -> !input.equals(before.output()) && !Lookups.isConstant(graph, input))
        .map(input -> Lookups.source(graph, input))
        .toList();
  }

  private static boolean isLookup(Graph graph, String value) {
    return graph
        .producer(Lookups.source(graph, value))
        .filter(node -> node.qualifiedOp().equals("Gather"))
        .filter(node -> Lookups.isConstant(graph, node.input(0)))
        .isPresent();
  }

  private static Optional<Node> onlyReader(Graph graph, String value) {
    List<Node> readers =
        graph.nodes().stream()
            .filter(node -> node.inputs().contains(value))
            .filter(node -> !node.qualifiedOp().equals("Shape"))
            .toList();
    return readers.size() == 1 ? Optional.of(readers.get(0)) : Optional.empty();
  }
}
