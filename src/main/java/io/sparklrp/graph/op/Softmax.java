package io.sparklrp.graph.op;

import io.sparklrp.graph.Shape;
import java.util.List;
import java.util.Optional;

/** {@code Softmax} and {@code LogSoftmax}. */
final class Softmax extends ShapeKeeping {
  Softmax(String name) {
    super(name, Trait.ROW_BY_ROW);
  }

  @Override
  public Optional<List<Integer>> slice(OpInputs in, Shape output, int axis) {
    return axis == axis(in, -1) ? Optional.empty() : Optional.of(onlyFirst(in, axis));
  }

  @Override
  public List<InputAxis> mixedAxes(OpInputs in) {
    return InputAxis.ofFirst(axis(in, -1));
  }
}
