package io.sparklrp.graph.op;

import io.sparklrp.graph.DataType;
import io.sparklrp.graph.OnnxTypes;
import io.sparklrp.graph.Size;
import io.sparklrp.graph.Tensor;
import java.util.List;
import java.util.Optional;

/** {@code Cast}. */
final class Cast extends Elementwise {
  Cast() {
    super("Cast", Trait.AFFINE, Trait.LINEAR, Trait.KEEPING_ELEMENTS);
  }

  @Override
  DataType type(OpInputs in) {
    return OnnxTypes.ofCode(in.node().integer("to", 0));
  }

  @Override
  public Optional<List<Optional<Size>>> sizes(OpInputs in, int count) {
    return in.sizes(0);
  }

  @Override
  public Optional<double[]> fold(Folding constants) {
    return Optional.of(constants.numbers(0));
  }

  @Override
  public Optional<Tensor> foldLater(Folding constants) {
    return LargeConstants.floats(constants);
  }
}
