package io.sparklrp.graph.op;

import io.sparklrp.graph.Size;
import io.sparklrp.graph.Tensor;
import java.util.List;
import java.util.Optional;

/** {@code Identity}. */
final class Identity extends Unary {
  Identity() {
    super("Identity", x -> x, Trait.AFFINE, Trait.LINEAR, Trait.KEEPING_ELEMENTS, Trait.SAME_DATA);
  }

  @Override
  public Optional<List<Optional<Size>>> sizes(OpInputs in, int count) {
    return in.sizes(0);
  }

  @Override
  public Optional<Tensor> foldLater(Folding constants) {
    return LargeConstants.sameData(constants);
  }
}
