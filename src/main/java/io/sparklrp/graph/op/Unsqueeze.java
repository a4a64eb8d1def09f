package io.sparklrp.graph.op;

import io.sparklrp.graph.Dim;
import io.sparklrp.graph.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** {@code Unsqueeze}. */
final class Unsqueeze extends SameData {
  Unsqueeze() {
    super("Unsqueeze");
  }

  private static Set<Integer> added(OpInputs in) {
    long[] axes = in.longs(1);
    int rank = in.shape(0).rank() + axes.length;
    Set<Integer> added = new TreeSet<>();
    for (long axis : axes) {
      added.add((int) (axis < 0 ? axis + rank : axis));
    }
    return added;
  }

  @Override
  Shape shape(OpInputs in) {
    List<Dim> dims = new ArrayList<>(in.shape(0).dims());
    added(in).forEach(axis -> dims.add(axis, Dim.of(1)));
    return new Shape(dims);
  }

  @Override
  public OptionalInt outputAxis(OpInputs in, Shape output, int axis) {
    Set<Integer> added = added(in);
    return IntStream.range(0, output.rank())
        .filter(place -> !added.contains(place))
        .skip(axis)
        .findFirst();
  }
}
