package io.sparklrp.graph.op;

import io.sparklrp.graph.Dim;
import io.sparklrp.graph.Shape;
import java.util.ArrayList;
import java.util.List;

/** {@code OneHot} along a new last axis. */
final class OneHot extends Operator {
  OneHot() {
    super("OneHot");
  }

  @Override
  public List<ValueType> outputs(OpInputs in) {
    if (in.node().integer("axis", -1) != -1) {
      throw new IllegalArgumentException("only its axis -1 is supported");
    }
    List<Dim> dims = new ArrayList<>(in.shape(0).dims());
    dims.add(
        in.knownLongs(1).map(depth -> Dim.of(depth[0])).orElseGet(() -> in.unknown(dims.size())));
    return List.of(new ValueType(in.type(2), new Shape(dims)));
  }

  @Override
  public List<Integer> sizeInputs() {
    return List.of(1);
  }

  @Override
  public boolean readsAsShape(OpInputs in, int input) {
    return input == 1;
  }
}
