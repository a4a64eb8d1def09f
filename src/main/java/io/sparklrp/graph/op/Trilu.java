package io.sparklrp.graph.op;

import io.sparklrp.graph.Shape;

/** {@code Trilu}: zeros above or below a diagonal of the last two axes. */
final class Trilu extends ShapeKeeping {
  Trilu() {
    super("Trilu");
  }

  @Override
  public boolean keepsPlaces(OpInputs in, int from, Shape output, int to) {
    return from < in.shape(0).rank() - 2;
  }
}
