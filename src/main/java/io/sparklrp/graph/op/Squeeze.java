package io.sparklrp.graph.op;

import io.sparklrp.graph.Shape;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/** {@code Squeeze}. */
final class Squeeze extends SameData {
  Squeeze() {
    super("Squeeze");
  }

  private static Set<Integer> dropped(OpInputs in) {
    Set<Integer> dropped = new TreeSet<>();
    for (long axis : in.longs(1)) {
      dropped.add(in.shape(0).axis(axis));
    }
    return dropped;
  }

  @Override
  Shape shape(OpInputs in) {
    return Reduction.without(in.shape(0), dropped(in), false);
  }

  @Override
  public OptionalInt outputAxis(OpInputs in, Shape output, int axis) {
    return Reduction.axisWithout(axis, dropped(in), false);
  }
}
