package io.sparklrp.graph.op;

import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Dim;
import io.sparklrp.graph.Shape;
import java.util.List;

/** {@code NonZero}. */
final class NonZero extends Operator {
  NonZero() {
    super("NonZero");
  }

  @Override
  public List<ValueType> outputs(OpInputs in) {
    Shape shape = Shape.of(Dim.of(in.shape(0).rank()), in.unknown(1));
    return List.of(new ValueType(DataType.INT64, shape));
  }
}
