package io.sparklrp.graph.op;

import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Size;
import java.util.List;
import java.util.Optional;

/** {@code Expand}. */
final class Expand extends Operator {
  Expand() {
    super("Expand", Trait.LINEAR, Trait.MOVING, Trait.KEEPING_AXES, Trait.KEEPING_ELEMENTS);
  }

  @Override
  public List<ValueType> outputs(OpInputs in) {
    Shape shape = in.shape(0).broadcast(new Shape(in.dims(1)));
    return List.of(new ValueType(in.type(0), shape));
  }

  @Override
  public Optional<List<Optional<Size>>> sizes(OpInputs in, int count) {
    return in.sizes(0).flatMap(all -> SizeVectors.spread(all, count));
  }

  @Override
  public Optional<double[]> fold(Folding constants) {
    return Optional.of(constants.spread(0));
  }

  @Override
  public List<Integer> sizeInputs() {
    return List.of(1);
  }

  @Override
  public boolean readsAsShape(OpInputs in, int input) {
    return input == 1;
  }
}
