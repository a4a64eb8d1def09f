package io.sparklrp.graph.op;

import java.util.Optional;

/** {@code Mul}. */
final class Mul extends Arithmetic {
  Mul() {
    super("Mul", (a, b) -> a * b, (a, b) -> a * b, (a, b) -> Optional.of(a.times(b)), Trait.AFFINE);
  }
}
