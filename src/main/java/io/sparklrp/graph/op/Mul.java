package io.sparklrp.graph.op;

import java.util.Optional;
import java.util.function.IntPredicate;

/** {@code Mul}. */
final class Mul extends Arithmetic {
  Mul() {
    super(
        "Mul",
        (a, b) -> a * b,
        (a, b) -> a * b,
        (a, b) -> Optional.of(a.times(b)),
        Trait.AFFINE,
        Trait.LINEAR);
  }

  @Override
  public boolean isLinear(OpInputs in, IntPredicate active) {
    return active.test(0) != active.test(1);
  }
}
