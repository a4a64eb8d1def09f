package io.sparklrp.graph.op;

import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Dim;
import io.sparklrp.graph.Graph;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Size;
import io.sparklrp.graph.Tensor;
import io.sparklrp.graph.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What an operator may look at: a node, its inputs' types and shapes, and the constants among them.
 */
public final class OpInputs {
  private final Node node;
  private final List<Optional<Value>> values;
  private final Function<String, Optional<Tensor>> constants;
  private final Function<String, Optional<List<Optional<Size>>>> sizes;

  /**
   * What is known of a node.
   *
   * @param node the node
   * @param values its inputs; empty where they are absent
   * @param constants the constant of a name
   * @param sizes what is known of the elements of the value of a name
   */
  public OpInputs(
      Node node,
      List<Optional<Value>> values,
      Function<String, Optional<Tensor>> constants,
      Function<String, Optional<List<Optional<Size>>>> sizes) {
    this.node = node;
    this.values = values;
    this.constants = constants;
    this.sizes = sizes;
  }

  /** A node of a graph. */
  public static OpInputs of(Graph graph, Node node) {
    List<Optional<Value>> values =
        node.inputs().stream()
            .map(input -> Optional.of(input).filter(name -> !name.isEmpty()).map(graph::value))
            .toList();
    return new OpInputs(node, values, graph::constant, graph::sizes);
  }

  /** The node. */
  public Node node() {
    return node;
  }

  /** Whether an input is given. */
  public boolean has(int input) {
    return node.hasInput(input);
  }

  /** An input that must be there. */
  public Value value(int input) {
    if (!has(input)) {
      throw new IllegalArgumentException("it has no input " + input);
    }
    return values.get(input).orElseThrow();
  }

  /** Shape of an input. */
  public Shape shape(int input) {
    return value(input).shape();
  }

  /** Type of an input. */
  public DataType type(int input) {
    return value(input).type();
  }

  /** The elements of an int64 input that must be constant. */
  public long[] longs(int input) {
    return knownLongs(input)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "its input " + node.input(input) + " is not a constant"));
  }

  /**
   * The elements of a whole-number input if it is given, and constant or computed from constants.
   */
  public Optional<long[]> knownLongs(int input) {
    Optional<long[]> constant = constantLongs(input);
    return constant.isPresent()
        ? constant
        : sizes(input)
            .filter(all -> all.stream().allMatch(one -> one.isPresent() && one.get().isFixed()))
            .map(all -> all.stream().mapToLong(one -> one.orElseThrow().factor()).toArray());
  }

  /** The elements of an input that is a constant of int64. */
  public Optional<long[]> constantLongs(int input) {
    return has(input)
        ? constants
            .apply(node.input(input))
            .filter(tensor -> tensor.type() == DataType.INT64)
            .map(Tensor::toLongs)
        : Optional.empty();
  }

  /**
   * The element of an input that is a small vector of whole numbers.
   *
   * @throws IllegalArgumentException if the vector has no such element
   */
  public Optional<Size> size(int input, int index) {
    Optional<List<Optional<Size>>> all = sizes(input);
    if (all.isPresent() && index >= all.get().size()) {
      throw new IllegalArgumentException(
          "its input " + node.input(input) + " has " + all.get().size() + " elements");
    }
    return all.flatMap(elements -> elements.get(index));
  }

  /**
   * Refuses a node without some inputs.
   *
   * @throws IllegalArgumentException if one is absent
   */
  void requires(int... inputs) {
    for (int input : inputs) {
      value(input);
    }
  }

  /** The number in an input that is a constant float. */
  public Optional<Float> knownFloat(int input) {
    return has(input)
        ? constants
            .apply(node.input(input))
            .filter(t -> t.type() == DataType.FLOAT32 && t.size() == 1)
            .map(t -> t.toFloats()[0])
        : Optional.empty();
  }

  /** What is known of the elements of an input that is a small vector of whole numbers. */
  public Optional<List<Optional<Size>>> sizes(int input) {
    return has(input) ? sizes.apply(node.input(input)) : Optional.empty();
  }

  /**
   * The dimensions that a vector of sizes says; one that nothing is known of is named after the
   * vector and its place.
   */
  public List<Dim> dims(int input) {
    long count = shape(input).dim(0).size();
    if (count > SizeVectors.LONGEST) {
      throw new IllegalArgumentException("a shape of " + count + " dimensions");
    }
    List<Dim> dims = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int at = i;
      dims.add(
          sizes(input)
              .flatMap(all -> all.get(at))
              .flatMap(Size::dim)
              .orElseGet(() -> Dim.symbol(node.input(input) + "#" + at)));
    }
    return dims;
  }

  /** A dimension that nothing is known of, named after the node. */
  public Dim unknown(int axis) {
    return Dim.symbol(node.name() + "#" + axis);
  }
}
