package io.sparklrp.graph.op;

import java.util.List;

/** {@code ScatterND}: puts by indices along several axes at once. */
final class ScatterNd extends ShapeKeeping {
  ScatterNd() {
    super("ScatterND", Trait.PICKING_BY_SEVERAL);
  }

  @Override
  public List<InputAxis> pickedAxes(OpInputs in) {
    return GatherNd.axes(in);
  }
}
