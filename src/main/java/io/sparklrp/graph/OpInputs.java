package io.sparklrp.graph;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What shape inference may look at: a node, its inputs' types and shapes, and the constants among
 * them.
 */
final class OpInputs {
  private final Node node;
  private final List<Optional<Value>> values;
  private final Function<String, Optional<Tensor>> constants;
  private final Function<String, Optional<List<Optional<Size>>>> sizes;

  OpInputs(
      Node node,
      List<Optional<Value>> values,
      Function<String, Optional<Tensor>> constants,
      Function<String, Optional<List<Optional<Size>>>> sizes) {
    this.node = node;
    this.values = values;
    this.constants = constants;
    this.sizes = sizes;
  }

  Node node() {
    return node;
  }

  boolean has(int input) {
    return node.hasInput(input);
  }

  Value value(int input) {
    if (!has(input)) {
      throw new IllegalArgumentException("it has no input " + input);
    }
    return values.get(input).orElseThrow();
  }

  Shape shape(int input) {
    return value(input).shape();
  }

  DataType type(int input) {
    return value(input).type();
  }

  /** The elements of an int64 input that must be constant. */
  long[] longs(int input) {
    return knownLongs(input)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "its input " + node.input(input) + " is not a constant"));
  }

  /**
   * The elements of a whole-number input if it is given, and constant or computed from constants.
   */
  Optional<long[]> knownLongs(int input) {
    Optional<Tensor> constant =
        has(input)
            ? constants.apply(node.input(input)).filter(t -> t.type() == DataType.INT64)
            : Optional.empty();
    return constant.isPresent()
        ? constant.map(Tensor::toLongs)
        : sizes(input)
            .filter(all -> all.stream().allMatch(one -> one.isPresent() && one.get().isFixed()))
            .map(all -> all.stream().mapToLong(one -> one.orElseThrow().factor()).toArray());
  }

  /** The number in an input that is a constant float. */
  Optional<Float> knownFloat(int input) {
    return has(input)
        ? constants
            .apply(node.input(input))
            .filter(t -> t.type() == DataType.FLOAT32 && t.size() == 1)
            .map(t -> t.toFloats()[0])
        : Optional.empty();
  }

  /** What is known of the elements of an input that is a small vector of whole numbers. */
  Optional<List<Optional<Size>>> sizes(int input) {
    return has(input) ? sizes.apply(node.input(input)) : Optional.empty();
  }

  /**
   * The dimensions that a vector of sizes says; one that nothing is known of is named after the
   * vector and its place.
   */
  List<Dim> dims(int input) {
    long count = shape(input).dim(0).size();
    if (count > SizeArithmetic.LONGEST) {
      throw new IllegalArgumentException("a shape of " + count + " dimensions");
    }
    List<Dim> dims = new java.util.ArrayList<>();
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
  Dim unknown(int axis) {
    return Dim.symbol(node.name() + "#" + axis);
  }
}
