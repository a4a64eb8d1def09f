package io.sparklrp.graph.op;

import java.util.List;

/** {@code CumSum}. */
final class CumSum extends ShapeKeeping {
  CumSum() {
    super("CumSum", Trait.SUMMING, Trait.COUNTING);
  }

  @Override
  public List<InputAxis> mixedAxes(OpInputs in) {
    return InputAxis.ofFirst(in.shape(0).axis(in.knownLongs(1).map(all -> all[0]).orElse(0L)));
  }
}
