package io.sparklrp.relevance;

import io.sparklrp.graph.Graph;
import io.sparklrp.graph.Node;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * How deep each product of attention weights and values lies: 0 for the first, 1 for the last, by
 * how many of them lie one behind the other. Heads of a layer lie side by side, whether they are
 * one product or many.
 */
final class AttentionDepth {
  /** Of a model with one layer of attention. */
  private static final float MIDDLE = 0.5f;

  private final Map<String, Integer> levels = new HashMap<>();
  private final int deepest;

  /**
   * That of a graph.
   *
   * @param logits what is not on the way to these is left out
   */
  AttentionDepth(Graph graph, Map<String, NodeKind> kinds, String logits) {
    Map<String, Integer> behind = new HashMap<>();
    for (Node node : before(graph, logits)) {
      int level =
          node.inputs().stream().mapToInt(input -> behind.getOrDefault(input, 0)).max().orElse(0);
      if (isValues(kinds.get(node.name()))) {
        levels.put(node.name(), level);
        level++;
      }
      int reached = level;
      node.outputs().stream()
          .filter(output -> !output.isEmpty()) // one that is not asked for
          .forEach(output -> behind.put(output, reached));
    }
    deepest = levels.values().stream().mapToInt(level -> level).max().orElse(0);
  }

  /** The nodes that the logits are made by, in order. */
  private static Deque<Node> before(Graph graph, String logits) {
    Set<String> read = new HashSet<>(Set.of(logits));
    Deque<Node> found = new ArrayDeque<>();
    for (int i = graph.nodes().size() - 1; i >= 0; i--) {
      Node node = graph.nodes().get(i);
      if (node.outputs().stream().anyMatch(output -> !output.isEmpty() && read.contains(output))) {
        read.addAll(node.inputs());
        found.addFirst(node);
      }
    }
    return found;
  }

  private static boolean isValues(NodeKind kind) {
    return kind == NodeKind.ATTENTION_VALUES || kind == NodeKind.ATTENTION_VALUES_FIRST;
  }

  /** From 0 to 1. */
  float of(Node values) {
    return deepest == 0 ? MIDDLE : (float) levels.get(values.name()) / deepest;
  }
}
