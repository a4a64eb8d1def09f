package io.sparklrp.graph.op;

import io.sparklrp.graph.Size;

/** {@code Add}. */
final class Add extends Arithmetic {
  Add() {
    super("Add", Double::sum, Float::sum, Size::plus, Trait.AFFINE, Trait.LINEAR);
  }
}
