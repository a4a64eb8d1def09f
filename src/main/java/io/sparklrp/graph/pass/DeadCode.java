package io.sparklrp.graph.pass;

import io.sparklrp.graph.Graph;
import io.sparklrp.graph.GraphBuilder;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Removes nodes, optional outputs and constants whose results nobody reads. Inputs stay. */
public final class DeadCode {
  /** This pass. */
  public static final Pass<Graph> PASS =
      new Pass<>("dead code", "Leaves out what nobody reads.", DeadCode::remove);

  private DeadCode() {}

  /** The graph without what its outputs do not need. */
  public static Graph remove(Graph graph) {
    Set<String> read = new HashSet<>();
    graph.outputs().stream().map(Value::name).forEach(read::add);
    List<Node> kept = new ArrayList<>();
    for (int i = graph.nodes().size() - 1; i >= 0; i--) {
      Node node = graph.nodes().get(i);
      if (node.outputs().stream().anyMatch(read::contains)) {
        kept.add(0, node.withOutputs(trimmed(node.outputs(), read)));
        addRead(node, read);
      }
    }
    return build(graph, kept, read);
  }

  /** A graph within a node reads values around it by their names. */
  private static void addRead(Node node, Set<String> read) {
    read.addAll(node.inputs());
    for (Graph inner : node.graphs()) {
      inner.nodes().forEach(within -> addRead(within, read));
      inner.outputs().stream().map(Value::name).forEach(read::add);
    }
  }

  /** Unread outputs become absent; absent ones at the end are dropped. */
  private static List<String> trimmed(List<String> outputs, Set<String> read) {
    List<String> kept =
        new ArrayList<>(outputs.stream().map(name -> read.contains(name) ? name : "").toList());
    while (kept.get(kept.size() - 1).isEmpty()) {
      kept.remove(kept.size() - 1);
    }
    return kept;
  }

  private static Graph build(Graph graph, List<Node> nodes, Set<String> read) {
    GraphBuilder builder = new GraphBuilder(graph.name());
    graph.inputs().forEach(input -> builder.input(input.name(), input.type(), input.shape()));
    graph
        .initializers()
        .forEach(
            (name, tensor) -> {
              if (read.contains(name)) {
                builder.initializer(name, tensor);
              }
            });
    nodes.forEach(builder::add);
    return builder.buildLike(graph);
  }
}
