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

  OpInputs(Node node, List<Optional<Value>> values, Function<String, Optional<Tensor>> constants) {
    this.node = node;
    this.values = values;
    this.constants = constants;
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
    return constants
        .apply(node.input(input))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "its input " + node.input(input) + " is not a constant"))
        .toLongs();
  }

  /** The elements of an int64 input if it is given and constant. */
  Optional<long[]> knownLongs(int input) {
    return has(input) ? constants.apply(node.input(input)).map(Tensor::toLongs) : Optional.empty();
  }

  /** A dimension that nothing is known of, named after the node. */
  Dim unknown(int axis) {
    return Dim.symbol(node.name() + "#" + axis);
  }
}
