package io.sparklrp.graph.op;

/** {@code Sub}. */
final class Sub extends Arithmetic {
  Sub() {
    super(
        "Sub",
        (a, b) -> a - b,
        (a, b) -> a - b,
        (a, b) -> a.plus(b.negated()),
        Trait.AFFINE,
        Trait.LINEAR);
  }
}
