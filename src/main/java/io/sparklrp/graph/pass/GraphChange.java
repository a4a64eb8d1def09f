package io.sparklrp.graph.pass;

import io.sparklrp.graph.Graph;
import io.sparklrp.graph.GraphText;
import io.sparklrp.graph.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What differs between two graphs: a node is the same where the first of its values is, wherever it
 * stands.
 */
final class GraphChange {
  private final Graph before;
  private final Graph after;

  GraphChange(Graph before, Graph after) {
    this.before = before;
    this.after = after;
  }

  /** How much there is more or less of, operator by operator. */
  String summary() {
    Map<String, Integer> counts = new TreeMap<>();
    after.nodes().forEach(node -> counts.merge(node.op(), 1, Integer::sum));
    before.nodes().forEach(node -> counts.merge(node.op(), -1, Integer::sum));
    String ops =
        counts.entrySet().stream()
            .filter(count -> count.getValue() != 0)
            .map(count -> String.format("%s %+d", count.getKey(), count.getValue()))
            .collect(Collectors.joining(", "));
    return String.format(
        "%d -> %d nodes%s",
        before.nodes().size(), after.nodes().size(), ops.isEmpty() ? "" : ": " + ops);
  }

  /**
   * What is different, by part of the model: lines that are gone with {@code -}, new ones with
   * {@code +}, and values of another shape with {@code *}.
   */
  ModelParts lines() {
    Map<String, Node> old = byOutput(before);
    Map<String, Node> now = byOutput(after);
    Set<String> moved = new HashSet<>();
    after.nodes().forEach(node -> node.graphs().forEach(body -> moved.addAll(moved(body))));
    ModelParts parts = new ModelParts();
    before.nodes().stream()
        .filter(node -> !now.containsKey(node.output()) && !moved.contains(node.output()))
        .forEach(node -> parts.add(node, "- ", GraphText.lines(before, node)));
    for (Node node : after.nodes()) {
      Node was = old.get(node.output());
      if (was == null) {
        parts.add(node, "+ ", added(node));
      } else if (!GraphText.lines(before, was).equals(GraphText.lines(after, node))) {
        addChanged(parts, was, node);
      }
    }
    return parts;
  }

  /** A node that is new; of its body only what is new too. */
  private List<String> added(Node node) {
    List<String> lines = new ArrayList<>(List.of(GraphText.line(after, node)));
    for (Graph body : node.graphs()) {
      Set<String> moved = moved(body);
      List<String> own = new ArrayList<>(GraphText.head(body));
      own.add(moved.size() + " nodes from outside");
      body.nodes().stream()
          .filter(inner -> !moved.contains(inner.output()))
          .forEach(inner -> own.addAll(GraphText.lines(body, inner)));
      own.forEach(line -> lines.add(GraphText.INDENT + line));
    }
    return lines;
  }

  /** First outputs of the nodes of a body that were there before, outside. */
  private Set<String> moved(Graph body) {
    Map<String, Node> old = byOutput(before);
    return body.nodes().stream()
        .filter(inner -> inner.equals(old.get(inner.output())))
        .map(Node::output)
        .collect(Collectors.toSet());
  }

  private void addChanged(ModelParts parts, Node was, Node is) {
    if (GraphText.operation(was).equals(GraphText.operation(is))) {
      String shapes = GraphText.shapes(before, was) + " -> " + GraphText.shapes(after, is);
      parts.add(is, "* ", List.of(GraphText.results(is) + ": " + shapes));
    } else {
      parts.add(is, "- ", GraphText.lines(before, was));
      parts.add(is, "+ ", added(is));
    }
  }

  /** How many nodes each part of the model has, where nothing but the parts is different. */
  String parts() {
    return count(before).equals(count(after)) || before.nodes().size() != after.nodes().size()
        ? ""
        : count(after).entrySet().stream()
            .map(part -> part.getKey() + " " + part.getValue())
            .collect(Collectors.joining(", "));
  }

  private static Map<String, Long> count(Graph graph) {
    return graph.nodes().stream()
        .collect(Collectors.groupingBy(Node::scope, LinkedHashMap::new, Collectors.counting()));
  }

  private static Map<String, Node> byOutput(Graph graph) {
    Map<String, Node> nodes = new HashMap<>();
    graph.nodes().forEach(node -> nodes.put(node.output(), node));
    return nodes;
  }
}
