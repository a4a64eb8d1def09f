package io.sparklrp.graph.op;

import io.sparklrp.graph.Dim;
import io.sparklrp.graph.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** {@code Unsqueeze}. */
final class Unsqueeze extends SameData {
  Unsqueeze() {
    super("Unsqueeze");
  }

  @Override
  Shape shape(OpInputs in) {
    long[] axes = in.longs(1);
    int rank = in.shape(0).rank() + axes.length;
    Set<Integer> added = new TreeSet<>();
    for (long axis : axes) {
      added.add((int) (axis < 0 ? axis + rank : axis));
    }
    List<Dim> dims = new ArrayList<>(in.shape(0).dims());
    added.forEach(axis -> dims.add(axis, Dim.of(1)));
    return new Shape(dims);
  }
}
