package io.sparklrp.graph.op;

/** {@code Clip}. */
final class Clip extends ShapeKeeping {
  Clip() {
    super("Clip");
  }
}
