package io.sparklrp.graph.op;

import java.util.List;

/** An operator whose first output has the type and shape of its first input. */
abstract class ShapeKeeping extends Operator {
  ShapeKeeping(String name, Trait... traits) {
    super(name, traits);
  }

  @Override
  public List<ValueType> outputs(OpInputs in) {
    return List.of(new ValueType(in.type(0), in.shape(0)));
  }

  /** The axis of the first input that an attribute names. */
  static int axis(OpInputs in, long absent) {
    return in.shape(0).axis(in.node().integer("axis", absent));
  }

  /** The axes of the inputs of which only the first is cut, along one. */
  static List<Integer> onlyFirst(OpInputs in, int axis) {
    return java.util.stream.IntStream.range(0, in.node().inputs().size())
        .mapToObj(i -> i == 0 ? axis : WHOLE)
        .toList();
  }
}
