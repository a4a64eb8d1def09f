package io.sparklrp.graph;

import java.util.List;

/** Infers types and shapes of one operator's outputs. */
@FunctionalInterface
interface ShapeRule {
  /** What an operator gives: an element type and a shape for each output. */
  record Typed(DataType type, Shape shape) {}

  /** The outputs in the operator's order, optional ones included. */
  List<Typed> infer(OpInputs inputs);

  /** A rule for an operator with one output of its first input's type. */
  static ShapeRule first(java.util.function.Function<OpInputs, Shape> shape) {
    return in -> List.of(new Typed(in.type(0), shape.apply(in)));
  }

  /** A rule for an operator with one output of a given type. */
  static ShapeRule of(DataType type, java.util.function.Function<OpInputs, Shape> shape) {
    return in -> List.of(new Typed(type, shape.apply(in)));
  }
}
