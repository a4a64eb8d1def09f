package io.sparklrp.onnx;

import io.sparklrp.graph.Attribute;
import io.sparklrp.graph.DataType;
import io.sparklrp.graph.GraphBuilder;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Size;
import io.sparklrp.graph.Tensor;
import io.sparklrp.graph.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One stored node on its way into the graph: what it reads, and how it is written there. */
final class Importing {
  private final GraphBuilder builder;
  private final Node node;
  private final long opset;
  private final Map<String, Node> makers;

  Importing(GraphBuilder builder, Node node, long opset, Map<String, Node> makers) {
    this.makers = makers;
    this.builder = builder;
    this.node = node;
    this.opset = opset;
  }

  /** The stored node. */
  Node node() {
    return node;
  }

  /** Version of the operator set that it is of. */
  long opset() {
    return opset;
  }

  /** Writes operators named after the node. */
  Ops ops() {
    return new Ops(builder, node.name(), "");
  }

  boolean has(int input) {
    return node.hasInput(input);
  }

  Value input(int index) {
    return builder.value(node.input(index));
  }

  Shape shape(int index) {
    return input(index).shape();
  }

  /** The stored node that makes an input. */
  Optional<Node> maker(int index) {
    return Optional.ofNullable(makers.get(node.input(index)));
  }

  boolean isConstant(int index) {
    return has(index) && builder.constant(node.input(index)).isPresent();
  }

  Optional<Tensor> constant(int index) {
    return has(index) ? builder.constant(node.input(index)) : Optional.empty();
  }

  /** The elements of a small input of whole numbers, if they are known. */
  Optional<long[]> longs(int index) {
    if (!has(index)) {
      return Optional.empty();
    }
    Optional<List<Optional<Size>>> sizes = builder.sizes(node.input(index));
    return sizes
        .filter(all -> all.stream().allMatch(one -> one.isPresent() && one.get().isFixed()))
        .map(all -> all.stream().mapToLong(one -> one.orElseThrow().factor()).toArray());
  }

  /** The elements of an attribute of whole numbers, if it is set. */
  Optional<long[]> attribute(String name) {
    return node.attributes().get(name) instanceof Attribute.LongsValue set
        ? Optional.of(set.values().stream().mapToLong(Long::longValue).toArray())
        : Optional.empty();
  }

  /** The node as it is. */
  void same() {
    write(node.op(), node.domain(), node.inputs(), node.attributes());
  }

  /** The node's first output by an operator of ONNX's own. */
  void write(String op, Map<String, Attribute> attributes, Value... inputs) {
    write(op, "", List.of(inputs).stream().map(Value::name).toList(), attributes);
  }

  void write(String op, String domain, List<String> inputs, Map<String, Attribute> attributes) {
    List<String> kept = new ArrayList<>(inputs);
    while (!kept.isEmpty() && kept.get(kept.size() - 1).isEmpty()) {
      kept.remove(kept.size() - 1);
    }
    builder.add(new Node(name(), op, domain, kept, node.outputs(), attributes, ""));
  }

  private String name() {
    return builder.freeName(node.name()).equals(node.name())
        ? node.name()
        : builder.freeName(node.name() + ".result");
  }

  /** Gives output {@code index} of the node the value, if anybody reads it. */
  void output(int index, Value value) {
    if (index < node.outputs().size() && !node.outputs().get(index).isEmpty()) {
      String name = node.outputs().get(index);
      builder.add(
          new Node(
              builder.freeName(node.name() + ".output" + index),
              "Identity",
              "",
              List.of(value.name()),
              List.of(name),
              Map.of(),
              ""));
    }
  }

  /** A constant of a name that says what it holds. */
  Value shared(String name, Tensor tensor) {
    return builder.shared(name, tensor);
  }

  /** A constant beside this node. */
  Value own(String step, Tensor tensor) {
    return builder.initializer(builder.freeName(node.name() + "." + step), tensor);
  }

  /** Refuses the node. */
  static RuntimeException refused(String why) {
    return new UnsupportedOperationException(why);
  }

  void require(boolean holds, String why) {
    if (!holds) {
      throw refused(why);
    }
  }

  /** The number in a float constant of one element. */
  Optional<Float> number(int index) {
    return constant(index)
        .filter(tensor -> tensor.type() == DataType.FLOAT32 && tensor.size() == 1)
        .map(tensor -> tensor.toFloats()[0]);
  }
}
