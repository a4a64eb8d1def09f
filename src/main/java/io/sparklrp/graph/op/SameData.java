package io.sparklrp.graph.op;

import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Size;
import io.sparklrp.graph.Tensor;
import java.util.List;
import java.util.Optional;

/** Elements in their order, in another shape. */
abstract class SameData extends Operator {
  SameData(String name) {
    super(name, Trait.LINEAR, Trait.MOVING, Trait.KEEPING_ELEMENTS, Trait.SAME_DATA);
  }

  /** The other shape. */
  abstract Shape shape(OpInputs in);

  @Override
  public List<ValueType> outputs(OpInputs in) {
    return List.of(new ValueType(in.type(0), shape(in)));
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
    return LargeConstants.sameData(constants);
  }
}
