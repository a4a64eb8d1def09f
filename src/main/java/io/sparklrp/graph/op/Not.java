package io.sparklrp.graph.op;

import io.sparklrp.graph.Size;
import java.util.List;
import java.util.Optional;

/** {@code Not}. */
final class Not extends Unary {
  Not() {
    super("Not", x -> x == 0 ? 1 : 0);
  }

  @Override
  public Optional<List<Optional<Size>>> sizes(OpInputs in, int count) {
    return SizeVectors.mapped(in, size -> size.isEqualTo(Size.of(0)).map(SizeVectors::truth));
  }
}
