package io.sparklrp.graph.op;

import io.sparklrp.graph.Dim;
import io.sparklrp.graph.Shape;
import java.util.ArrayList;
import java.util.List;

/** {@code Tile}. */
final class Tile extends Operator {
  Tile() {
    super("Tile");
  }

  @Override
  public List<ValueType> outputs(OpInputs in) {
    List<Dim> repeats = in.dims(1);
    List<Dim> dims = new ArrayList<>();
    for (int axis = 0; axis < in.shape(0).rank(); axis++) {
      dims.add(in.shape(0).dim(axis).times(repeats.get(axis)));
    }
    return List.of(new ValueType(in.type(0), new Shape(dims)));
  }

  @Override
  public List<Integer> sizeInputs() {
    return List.of(1);
  }

  @Override
  public boolean readsAsShape(OpInputs in, int input) {
    return input == 1;
  }

  @Override
  public boolean keepsPlaces(OpInputs in, int from, Shape output, int to) {
    return in.shape(0).dim(from).equals(output.dim(to));
  }
}
