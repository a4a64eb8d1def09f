package io.sparklrp.graph.op;

import java.util.List;

/** {@code GatherElements}. */
final class GatherElements extends Operator {
  GatherElements() {
    super("GatherElements", Trait.LINEAR, Trait.PICKING, Trait.KEEPING_AXES);
  }

  @Override
  public List<ValueType> outputs(OpInputs in) {
    return List.of(new ValueType(in.type(0), in.shape(1)));
  }

  @Override
  public List<InputAxis> pickedAxes(OpInputs in) {
    return InputAxis.ofFirst(ShapeKeeping.axis(in, 0));
  }
}
