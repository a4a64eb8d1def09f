package io.sparklrp.graph.op;

import io.sparklrp.graph.Dim;
import io.sparklrp.graph.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** {@code GatherND}: picks by indices along several axes at once. */
final class GatherNd extends Operator {
  GatherNd() {
    super("GatherND", Trait.LINEAR, Trait.PICKING_BY_SEVERAL);
  }

  @Override
  public List<ValueType> outputs(OpInputs in) {
    Shape data = in.shape(0);
    Shape indices = in.shape(1);
    List<Dim> dims = new ArrayList<>(indices.dims().subList(0, indices.rank() - 1));
    dims.addAll(data.dims().subList(behind(in), data.rank()));
    return List.of(new ValueType(in.type(0), new Shape(dims)));
  }

  private static int first(OpInputs in) {
    return Math.toIntExact(in.node().integer("batch_dims", 0));
  }

  private static int behind(OpInputs in) {
    return Math.toIntExact(first(in) + in.shape(1).dim(-1).size());
  }

  /** Elements that are picked along the first axes leave the axes behind them what they are. */
  @Override
  public OptionalInt outputAxis(OpInputs in, Shape output, int axis) {
    return axis < behind(in)
        ? OptionalInt.empty()
        : OptionalInt.of(axis - behind(in) + in.shape(1).rank() - 1);
  }

  @Override
  public List<InputAxis> pickedAxes(OpInputs in) {
    return axes(in);
  }

  /** The axes that the indices go along. */
  static List<InputAxis> axes(OpInputs in) {
    return InputAxis.ofFirst(IntStream.range(first(in), behind(in)).boxed().toList());
  }
}
