package io.sparklrp.graph.op;

import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Dim;
import io.sparklrp.graph.Shape;
import java.util.List;

/** {@code TopK}: the largest, or smallest, and where they are. */
final class TopK extends Operator {
  TopK() {
    super("TopK");
  }

  private static int axis(OpInputs in) {
    return in.shape(0).axis(in.node().integer("axis", -1));
  }

  @Override
  public List<ValueType> outputs(OpInputs in) {
    int axis = axis(in);
    Dim kept = in.knownLongs(1).map(k -> Dim.of(k[0])).orElseGet(() -> in.unknown(axis));
    Shape shape = in.shape(0).with(axis, kept);
    return List.of(new ValueType(in.type(0), shape), new ValueType(DataType.INT64, shape));
  }

  @Override
  public List<InputAxis> mixedAxes(OpInputs in) {
    return InputAxis.ofFirst(axis(in));
  }
}
