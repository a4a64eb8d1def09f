package io.sparklrp.onnx;

import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Graph;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.op.Operators;
import io.sparklrp.graph.op.Trait;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Lookups of rows of constant matrices. */
final class Lookups {
  private static final String INPUT_IDS = "input_ids";
  private static final Set<String> NO_WORDS =
      Set.of("attention_mask", "token_type_ids", "position_ids");

  private Lookups() {}

  /**
   * A lookup.
   *
   * @param ids the input that it goes by
   * @param rows the rows of floats
   */
  record Lookup(String ids, String rows) {}

  /** All lookups of floats by whole numbers, and of numbers that are dequantised after it. */
  static List<Lookup> of(Graph graph) {
    List<Node> gathers =
        graph.nodes().stream().filter(node -> node.qualifiedOp().equals("Gather")).toList();
    List<QuantisedRows> quantised =
        gathers.stream().flatMap(node -> QuantisedRows.of(graph, node).stream()).toList();
    Set<String> scales = new HashSet<>();
    quantised.forEach(rows -> scales.addAll(rows.others()));
    List<Lookup> found = new ArrayList<>();
    gathers.stream()
        .filter(node -> isTable(graph, node.input(0)) && !scales.contains(node.output()))
        .forEach(node -> found.add(lookup(graph, node, node.output())));
    quantised.forEach(rows -> found.add(lookup(graph, rows.lookup(), rows.last().output())));
    return found;
  }

  private static Lookup lookup(Graph graph, Node gather, String rows) {
    return new Lookup(source(graph, gather.input(1)), rows);
  }

  /** The rows looked up by {@code input_ids}; where there is no such input, by any input of ids. */
  static List<String> ofWords(Graph graph) {
    boolean isNamed = graph.inputs().stream().anyMatch(input -> input.name().equals(INPUT_IDS));
    return of(graph).stream()
        .filter(found -> isNamed ? found.ids().equals(INPUT_IDS) : isIds(graph, found.ids()))
        .map(Lookup::rows)
        .toList();
  }

  /** Rows that may be of words: looked up neither by types, nor by positions, nor by a mask. */
  static List<String> ofAnyWords(Graph graph) {
    return of(graph).stream()
        .filter(found -> !NO_WORDS.contains(found.ids()) && isOfInputs(graph, found.ids()))
        .map(Lookup::rows)
        .toList();
  }

  /** Whether a value is made of inputs' elements: positions are made of their shapes. */
  private static boolean isOfInputs(Graph graph, String value) {
    Deque<String> waiting = new ArrayDeque<>(List.of(value));
    Set<String> seen = new HashSet<>();
    while (!waiting.isEmpty()) {
      String at = waiting.pop();
      if (!seen.add(at)) {
        continue;
      }
      if (isIds(graph, at)) {
        return true;
      }
      graph
          .producer(at)
          .filter(node -> !node.op().equals("Shape"))
          .ifPresent(node -> waiting.addAll(node.inputs()));
    }
    return false;
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
    Deque<String> waiting = new ArrayDeque<>(List.of(value));
    Set<String> seen = new HashSet<>();
    while (!waiting.isEmpty()) {
      String at = waiting.pop();
      if (!at.isEmpty() && graph.constant(at).isEmpty() && seen.add(at)) {
        Optional<Node> maker = graph.producer(at);
        if (maker.isEmpty()) {
          return false;
        }
        waiting.addAll(maker.get().inputs());
      }
    }
    return true;
  }

  /** The value behind what only moves or casts. */
  static String source(Graph graph, String value) {
    String at = value;
    Optional<Node> maker = graph.producer(at);
    while (maker.isPresent() && Operators.is(maker.get(), Trait.KEEPING_ELEMENTS)) {
      at = maker.get().input(0);
      maker = graph.producer(at);
    }
    return at;
  }
}
