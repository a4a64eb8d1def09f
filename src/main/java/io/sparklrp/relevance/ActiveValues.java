package io.sparklrp.relevance;

import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Graph;
import io.sparklrp.graph.Node;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The values of a graph that depend on the embeddings that are explained; all others are constants
 * of the record. Shapes, comparisons and indices have no derivative, so they are constants too.
 */
final class ActiveValues {
  private final Set<String> names = new HashSet<>();

  ActiveValues(Graph graph, String embeddings) {
    names.add(embeddings);
    for (Node node : graph.nodes()) {
      if (node.inputs().stream().anyMatch(names::contains)) {
        node.outputs().stream()
            .filter(output -> !output.isEmpty())
            .filter(output -> graph.value(output).type() == DataType.FLOAT32)
            .forEach(names::add);
      }
    }
  }

  boolean contains(String value) {
    return names.contains(value);
  }

  /** The one input of a node that is active; empty where there are several or none. */
  Optional<String> onlyActiveInput(Node node) {
    List<String> found = node.inputs().stream().filter(names::contains).toList();
    return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
  }
}
