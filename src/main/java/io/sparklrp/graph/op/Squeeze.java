package io.sparklrp.graph.op;

import io.sparklrp.graph.Shape;
import java.util.Set;
import java.util.TreeSet;

/** {@code Squeeze}. */
final class Squeeze extends SameData {
  Squeeze() {
    super("Squeeze");
  }

  @Override
  Shape shape(OpInputs in) {
    Set<Integer> dropped = new TreeSet<>();
    for (long axis : in.longs(1)) {
      dropped.add(in.shape(0).axis(axis));
    }
    return Reduction.without(in.shape(0), dropped, false);
  }
}
