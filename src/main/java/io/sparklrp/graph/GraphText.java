package io.sparklrp.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A graph to read and to compare: one node a line, {@code values = Op(inputs) [attributes] ->
 * shape}. The type of a shape's elements is written where they are not float32.
 */
public final class GraphText {
  /** What stands before the lines of an inner graph. */
  public static final String INDENT = "    ";

  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  private GraphText() {}

  /** The whole graph: what it is fed with, its nodes in their order, and what it gives. */
  public static List<String> lines(Graph graph) {
    List<String> lines = new ArrayList<>(head(graph));
    graph.nodes().forEach(node -> lines.addAll(lines(graph, node)));
    return lines;
  }

  /** What a graph is fed with, how much of a graph it is, and what it gives. */
  public static List<String> head(Graph graph) {
    return List.of(
        String.format("%d nodes, %d constants", graph.nodes().size(), graph.initializers().size()),
        "inputs: " + plain(shaped(graph.inputs())),
        "outputs: " + plain(shaped(graph.outputs())));
  }

  private static String shaped(List<Value> values) {
    return values.stream()
        .map(value -> value.name() + " " + shape(value))
        .collect(Collectors.joining(", "));
  }

  /** One node, and the graphs that it runs itself, indented. */
  public static List<String> lines(Graph graph, Node node) {
    List<String> lines = new ArrayList<>(List.of(line(graph, node)));
    for (Graph inner : node.graphs()) {
      lines(inner).forEach(line -> lines.add(INDENT + line));
    }
    return lines;
  }

  /** One node. */
  public static String line(Graph graph, Node node) {
    return operation(node) + " -> " + shapes(graph, node);
  }

  /** One node without the shapes of its outputs. */
  public static String operation(Node node) {
    return plain(
        String.format(
            "%s = %s(%s)%s", results(node), node.op(), values(node.inputs()), attributes(node)));
  }

  /** Names of a node's outputs. */
  public static String results(Node node) {
    return plain(values(node.outputs()));
  }

  /** Shapes of a node's outputs. */
  public static String shapes(Graph graph, Node node) {
    return plain(
        node.outputs().stream()
            .filter(output -> !output.isEmpty())
            .map(output -> shape(graph.value(output)))
            .collect(Collectors.joining(", ")));
  }

  /** Names are a file's, and could hold line breaks, or what moves a terminal's cursor. */
  private static String plain(String text) {
    return CONTROL.matcher(text).replaceAll("?");
  }

  private static String values(List<String> names) {
    return names.stream()
        .map(value -> value.isEmpty() ? "_" : value)
        .collect(Collectors.joining(", "));
  }

  private static String shape(Value value) {
    String type =
        value.type() == DataType.FLOAT32 ? "" : value.type().name().toLowerCase(Locale.ROOT);
    return type + value.shape();
  }

  private static String attributes(Node node) {
    return node.attributes().isEmpty()
        ? ""
        : new TreeMap<>(node.attributes())
            .entrySet().stream()
                .map(GraphText::attribute)
                .collect(Collectors.joining(", ", " [", "]"));
  }

  private static String attribute(Map.Entry<String, Attribute> attribute) {
    return attribute.getKey() + "=" + text(attribute.getValue());
  }

  private static String text(Attribute attribute) {
    if (attribute instanceof Attribute.LongValue number) {
      return Long.toString(number.value());
    }
    if (attribute instanceof Attribute.FloatValue number) {
      return Float.toString(number.value());
    }
    if (attribute instanceof Attribute.LongsValue numbers) {
      return numbers.values().toString();
    }
    if (attribute instanceof Attribute.FloatsValue numbers) {
      return numbers.values().toString();
    }
    if (attribute instanceof Attribute.StringValue text) {
      return text.value();
    }
    return attribute instanceof Attribute.TensorValue tensor
        ? tensor.value().toString()
        : "graph below";
  }
}
