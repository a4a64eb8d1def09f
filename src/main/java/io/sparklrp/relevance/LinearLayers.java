package io.sparklrp.relevance;

import io.sparklrp.graph.Graph;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.op.Operators;
import io.sparklrp.graph.op.Trait;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Which products with a parameter are linear layers, and where each adds its bias. */
final class LinearLayers {
  private final Graph graph;
  private final ActiveValues active;
  private final Map<String, Node> additions = new HashMap<>();
  private final Map<String, Node> products = new HashMap<>();

  LinearLayers(Graph graph, ActiveValues active) {
    this.graph = graph;
    this.active = active;
    Map<String, List<Node>> readers = readers();
    graph.nodes().stream()
        .filter(this::isLayer)
        .forEach(product -> find(product, readers.getOrDefault(product.output(), List.of())));
  }

  private Map<String, List<Node>> readers() {
    Map<String, List<Node>> readers = new HashMap<>();
    for (Node node : graph.nodes()) {
      for (String input : node.inputs()) {
        readers.computeIfAbsent(input, name -> new ArrayList<>()).add(node);
      }
    }
    return readers;
  }

  /** A product of an activation with a parameter. */
  boolean isLayer(Node node) {
    return Operators.is(node, Trait.MATRIX_PRODUCT)
        && IntStream.range(0, 2)
            .anyMatch(
                i ->
                    active.contains(node.input(i))
                        && graph.constant(node.input(1 - i)).isPresent());
  }

  private void find(Node product, List<Node> readers) {
    boolean isRead = graph.outputs().stream().anyMatch(o -> o.name().equals(product.output()));
    if (readers.size() == 1 && !isRead && isBias(readers.get(0), product.output())) {
      additions.put(product.name(), readers.get(0));
      products.put(readers.get(0).name(), product);
    }
  }

  private boolean isBias(Node node, String product) {
    return node.op().equals("Add")
        && node.inputs().stream()
            .allMatch(input -> input.equals(product) || graph.constant(input).isPresent());
  }

  /** The node that adds a layer's bias; empty where it has none, or its own operator adds it. */
  Optional<Node> addition(Node product) {
    return Optional.ofNullable(additions.get(product.name()));
  }

  /** Whether a node adds the bias of a layer. */
  boolean isAddition(Node node) {
    return products.containsKey(node.name());
  }
}
