package io.sparklrp.onnx;

import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Graph;
import io.sparklrp.graph.Node;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Lookups of rows of constant matrices. */
final class Lookups {
  private static final Set<String> PASSING =
      Set.of("Identity", "Cast", "Reshape", "Unsqueeze", "Squeeze", "Expand", "Flatten");
  private static final Set<String> NO_WORDS =
      Set.of("attention_mask", "token_type_ids", "position_ids");

  private Lookups() {}

  /** All lookups of floats by whole numbers. */
  static List<Node> of(Graph graph) {
    return graph.nodes().stream()
        .filter(node -> node.qualifiedOp().equals("Gather") && isTable(graph, node.input(0)))
        .toList();
  }

  /** The lookups by {@code input_ids}; where there is no such input, by the only input of ids. */
  static List<Node> ofWords(Graph graph) {
    List<Node> byName =
        of(graph).stream()
            .filter(node -> source(graph, node.input(1)).equals("input_ids"))
            .toList();
    if (!byName.isEmpty()) {
      return byName;
    }
    return of(graph).stream().filter(node -> isIds(graph, source(graph, node.input(1)))).toList();
  }

  private static boolean isIds(Graph graph, String input) {
    return graph.inputs().stream().anyMatch(value -> value.name().equals(input))
        && !NO_WORDS.contains(input);
  }

  private static boolean isTable(Graph graph, String value) {
    return graph.value(value).type() == DataType.FLOAT32
        && graph.value(value).rank() == 2
        && isConstant(graph, value);
  }

  /** A constant, or computed of constants alone. */
  static boolean isConstant(Graph graph, String value) {
    if (graph.constant(value).isPresent()) {
      return true;
    }
    Optional<Node> maker = graph.producer(value);
    return maker.isPresent()
        && maker.get().inputs().stream().allMatch(name -> graph.constant(name).isPresent());
  }

  /** The value behind what only moves or casts. */
  static String source(Graph graph, String value) {
    String at = value;
    Optional<Node> maker = graph.producer(at);
    while (maker.isPresent() && PASSING.contains(maker.get().qualifiedOp())) {
      at = maker.get().input(0);
      maker = graph.producer(at);
    }
    return at;
  }
}
