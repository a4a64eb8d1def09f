package io.sparklrp.graph.pass;

import io.sparklrp.graph.Graph;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Which nodes of a graph read a value. */
final class Readers {
  private final Map<String, List<Node>> nodes = new HashMap<>();
  private final Set<String> kept = new HashSet<>();

  /** Those of a graph. */
  Readers(Graph graph) {
    graph.outputs().stream().map(Value::name).forEach(kept::add);
    for (Node node : graph.nodes()) {
      for (String input : new TreeSet<>(node.inputs())) {
        nodes.computeIfAbsent(input, name -> new ArrayList<>()).add(node);
      }
      node.graphs().forEach(this::keep);
    }
  }

  /** What a graph within a node reads, or gives as it is. */
  private void keep(Graph body) {
    body.outputs().stream().map(Value::name).forEach(kept::add);
    for (Node inner : body.nodes()) {
      kept.addAll(inner.inputs());
      inner.graphs().forEach(this::keep);
    }
  }

  /** The nodes that read a value, each once. */
  List<Node> of(String value) {
    return nodes.getOrDefault(value, List.of());
  }

  /** Whether a value is an output, or is read within a node: it must stay what it is. */
  boolean isKept(String value) {
    return kept.contains(value);
  }

  /** The node that alone reads a value; empty where there is none, or more, or it is kept. */
  Optional<Node> only(String value) {
    List<Node> all = of(value);
    return all.size() == 1 && !isKept(value) ? Optional.of(all.get(0)) : Optional.empty();
  }
}
