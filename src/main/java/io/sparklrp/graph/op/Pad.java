package io.sparklrp.graph.op;

import io.sparklrp.graph.Dim;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Size;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** {@code Pad}: with a constant, at the ends of all axes; less than nothing cuts off. */
final class Pad extends Operator {
  private static final Optional<Size> NONE = Optional.of(Size.of(0));

  Pad() {
    super("Pad", Trait.LINEAR, Trait.KEEPING_AXES);
  }

  @Override
  public List<ValueType> outputs(OpInputs in) {
    Shape shape = in.shape(0);
    in.requires(1);
    for (int axis = 0; axis < in.shape(0).rank(); axis++) {
      shape = shape.with(axis, padded(in, shape.dim(axis), axis));
    }
    return List.of(new ValueType(in.type(0), shape));
  }

  private static Optional<Size> before(OpInputs in, int axis) {
    return in.size(1, axis);
  }

  private static Optional<Size> behind(OpInputs in, int axis) {
    return in.size(1, axis + in.shape(0).rank());
  }

  private static boolean isPadded(OpInputs in, int axis) {
    return !before(in, axis).equals(NONE) || !behind(in, axis).equals(NONE);
  }

  private static Dim padded(OpInputs in, Dim dim, int axis) {
    return before(in, axis)
        .flatMap(first -> behind(in, axis).flatMap(first::plus))
        .flatMap(both -> Size.of(dim).plus(both))
        .map(all -> all.dim().orElseThrow(() -> new IllegalArgumentException("it cuts too much")))
        .orElseGet(() -> in.unknown(axis));
  }

  /** Where it leaves the first axis alone, which is that of the records, and adds a constant. */
  @Override
  public boolean isLinear(OpInputs in, IntPredicate active) {
    return !active.test(2) && !isPadded(in, 0);
  }

  @Override
  public List<Integer> sizeInputs() {
    return List.of(1);
  }

  /** The axes that are made longer or shorter, or may be. */
  @Override
  public List<InputAxis> pickedAxes(OpInputs in) {
    return InputAxis.ofFirst(
        IntStream.range(0, in.shape(0).rank()).filter(axis -> isPadded(in, axis)).boxed().toList());
  }
}
