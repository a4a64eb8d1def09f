package io.sparklrp.graph.op;

import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Shape;
import java.util.List;
import java.util.Set;

/** {@code ArgMax}. */
final class ArgMax extends Operator {
  ArgMax() {
    super("ArgMax");
  }

  private static int axis(OpInputs in) {
    return in.shape(0).axis(in.node().integer("axis", 0));
  }

  @Override
  public List<ValueType> outputs(OpInputs in) {
    boolean keeps = in.node().integer("keepdims", 1) == 1;
    Shape shape = Reduction.without(in.shape(0), Set.of(axis(in)), keeps);
    return List.of(new ValueType(DataType.INT64, shape));
  }

  @Override
  public List<InputAxis> mixedAxes(OpInputs in) {
    return InputAxis.ofFirst(axis(in));
  }
}
