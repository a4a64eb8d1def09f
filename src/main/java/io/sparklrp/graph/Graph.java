package io.sparklrp.graph;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An immutable graph of ONNX operators in topological order. It is made by a {@link GraphBuilder},
 * which checks names and infers types and shapes.
 */
public final class Graph {
  private final String name;
  private final List<Value> inputs;
  private final Map<String, Tensor> initializers;
  private final List<Node> nodes;
  private final List<Value> outputs;
  private final Map<String, Value> values;
  private final Map<String, List<Optional<Size>>> sizes;
  private final Map<String, Node> producers;

  Graph(
      String name,
      List<Value> inputs,
      Map<String, Tensor> initializers,
      List<Node> nodes,
      List<Value> outputs,
      Map<String, Value> values,
      Map<String, List<Optional<Size>>> sizes) {
    this.name = name;
    this.inputs = List.copyOf(inputs);
    this.initializers = Collections.unmodifiableMap(new LinkedHashMap<>(initializers));
    this.nodes = List.copyOf(nodes);
    this.outputs = List.copyOf(outputs);
    this.values = Map.copyOf(values);
    this.sizes = Map.copyOf(sizes);
    Map<String, Node> byOutput = new LinkedHashMap<>();
    nodes.forEach(node -> node.outputs().forEach(output -> byOutput.put(output, node)));
    byOutput.remove("");
    this.producers = Map.copyOf(byOutput);
  }

  /** Name of the graph. */
  public String name() {
    return name;
  }

  /** What the graph is fed with, in order. */
  public List<Value> inputs() {
    return inputs;
  }

  /** Constants by name, in order of their addition. */
  public Map<String, Tensor> initializers() {
    return initializers;
  }

  /** The nodes, each after those whose outputs it reads. */
  public List<Node> nodes() {
    return nodes;
  }

  /** What the graph gives, in order. */
  public List<Value> outputs() {
    return outputs;
  }

  /** The value of a name: input, initializer or output of a node. */
  public Value value(String valueName) {
    Value value = values.get(valueName);
    if (value == null) {
      throw new IllegalArgumentException(
          "Cannot find value " + valueName + " in graph " + name + ".");
    }
    return value;
  }

  /** Whether the graph has a value of that name. */
  public boolean hasValue(String valueName) {
    return values.containsKey(valueName);
  }

  /** The node that makes a value; empty for inputs and initializers. */
  public Optional<Node> producer(String valueName) {
    return Optional.ofNullable(producers.get(valueName));
  }

  /**
   * What is known of the elements of a value that is a small scalar or vector of whole numbers,
   * such as the target of a Reshape; empty for everything else.
   */
  public Optional<List<Optional<Size>>> sizes(String valueName) {
    return Optional.ofNullable(sizes.get(valueName));
  }

  /** The constant of a name; empty for everything else. */
  public Optional<Tensor> constant(String valueName) {
    return Optional.ofNullable(initializers.get(valueName));
  }
}
