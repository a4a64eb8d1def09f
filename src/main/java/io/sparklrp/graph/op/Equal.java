package io.sparklrp.graph.op;

import io.sparklrp.graph.Size;
import java.util.List;
import java.util.Optional;

/** {@code Equal}. */
final class Equal extends Comparison {
  Equal() {
    super("Equal", (a, b) -> a == b ? 1 : 0);
  }

  @Override
  public Optional<List<Optional<Size>>> sizes(OpInputs in, int count) {
    return SizeVectors.combined(in, count, (a, b) -> a.isEqualTo(b).map(SizeVectors::truth));
  }
}
