package io.sparklrp.graph.op;

import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Dim;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Size;
import java.util.List;
import java.util.Optional;

/** {@code Shape}: the sizes of its input, or of some of its axes. */
final class ShapeOf extends Operator {
  ShapeOf() {
    super("Shape");
  }

  private static List<Dim> dims(OpInputs in) {
    List<Dim> dims = in.shape(0).dims();
    int start = bound(in.node().integer("start", 0), dims.size());
    int end = bound(in.node().integer("end", dims.size()), dims.size());
    return dims.subList(start, Math.max(start, end));
  }

  private static int bound(long index, int rank) {
    return (int) Math.min(Math.max(index < 0 ? index + rank : index, 0), rank);
  }

  @Override
  public List<ValueType> outputs(OpInputs in) {
    return List.of(new ValueType(DataType.INT64, Shape.of(dims(in).size())));
  }

  @Override
  public Optional<List<Optional<Size>>> sizes(OpInputs in, int count) {
    return Optional.of(dims(in).stream().map(dim -> Optional.of(Size.of(dim))).toList());
  }

  @Override
  public boolean readsAsShape(OpInputs in, int input) {
    return true;
  }
}
