package io.sparklrp.graph.pass;

import io.sparklrp.graph.Attribute;
import io.sparklrp.graph.Graph;
import io.sparklrp.graph.GraphBuilder;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Computes once what several nodes with the same operator, attributes and inputs compute. */
public final class CommonSubexpressions {
  /** This pass. */
  public static final Pass<Graph> PASS =
      new Pass<>(
          "common subexpressions", "Computes once what is equal.", CommonSubexpressions::merge);

  private record Key(
      String op, List<String> inputs, Map<String, Attribute> attributes, int outputs) {}

  private final Graph graph;
  private final GraphBuilder builder;
  private final Set<String> outputs = new HashSet<>();
  private final Map<Key, Node> seen = new HashMap<>();
  private final Map<String, String> renamed = new HashMap<>();

  private CommonSubexpressions(Graph graph) {
    this.graph = graph;
    this.builder = GraphBuilder.withInputsOf(graph);
    graph.outputs().stream().map(Value::name).forEach(outputs::add);
  }

  /** The graph with equal nodes merged into the first of them; outputs keep their names. */
  public static Graph merge(Graph graph) {
    return new CommonSubexpressions(graph).merge();
  }

  private Graph merge() {
    graph.nodes().forEach(this::visit);
    return builder.buildLike(graph);
  }

  private void visit(Node node) {
    Node read =
        node.withInputs(
            node.inputs().stream().map(name -> renamed.getOrDefault(name, name)).toList());
    Key key = new Key(read.qualifiedOp(), read.inputs(), read.attributes(), read.outputs().size());
    Node first = seen.putIfAbsent(key, read);
    if (first == null
        || read.outputs().stream().anyMatch(outputs::contains)
        || hasGaps(first, read)) {
      builder.add(read);
      return;
    }
    for (int i = 0; i < read.outputs().size(); i++) {
      renamed.put(read.outputs().get(i), first.outputs().get(i));
    }
  }

  private static boolean hasGaps(Node first, Node second) {
    return first.outputs().contains("") || second.outputs().contains("");
  }
}
