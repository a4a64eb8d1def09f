package io.sparklrp.graph.op;

import java.util.List;

/** {@code ScatterElements}. */
final class ScatterElements extends ShapeKeeping {
  ScatterElements() {
    super("ScatterElements");
  }

  @Override
  public List<InputAxis> pickedAxes(OpInputs in) {
    return InputAxis.ofFirst(axis(in, 0));
  }
}
