package io.sparklrp.graph.op;

import io.sparklrp.graph.Size;
import java.util.List;
import java.util.Optional;

/** {@code Neg}. */
final class Neg extends Unary {
  Neg() {
    super("Neg", x -> -x, Trait.AFFINE, Trait.LINEAR);
  }

  @Override
  public Optional<List<Optional<Size>>> sizes(OpInputs in, int count) {
    return SizeVectors.mapped(in, size -> Optional.of(size.negated()));
  }
}
