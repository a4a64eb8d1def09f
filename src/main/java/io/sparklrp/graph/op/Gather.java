package io.sparklrp.graph.op;

import io.sparklrp.graph.Dim;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Size;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** {@code Gather}. */
final class Gather extends Operator {
  Gather() {
    super("Gather", Trait.LINEAR, Trait.PICKING);
  }

  private static int axis(OpInputs in) {
    return in.shape(0).axis(in.node().integer("axis", 0));
  }

  @Override
  public List<ValueType> outputs(OpInputs in) {
    List<Dim> data = in.shape(0).dims();
    List<Dim> dims = new ArrayList<>(data.subList(0, axis(in)));
    dims.addAll(in.shape(1).dims());
    dims.addAll(data.subList(axis(in) + 1, data.size()));
    return List.of(new ValueType(in.type(0), new Shape(dims)));
  }

  @Override
  public Optional<List<Optional<Size>>> sizes(OpInputs in, int count) {
    return in.sizes(0)
        .filter(data -> in.shape(0).rank() == 1)
        .flatMap(data -> in.knownLongs(1).map(indices -> picked(data, indices)));
  }

  private static List<Optional<Size>> picked(List<Optional<Size>> data, long... indices) {
    return Arrays.stream(indices)
        .map(index -> index < 0 ? index + data.size() : index)
        .mapToObj(index -> data.get(Math.toIntExact(index)))
        .toList();
  }

  @Override
  public List<InputAxis> pickedAxes(OpInputs in) {
    return InputAxis.ofFirst(axis(in));
  }
}
