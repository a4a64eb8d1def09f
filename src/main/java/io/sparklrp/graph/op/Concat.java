package io.sparklrp.graph.op;

import io.sparklrp.graph.Dim;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** {@code Concat}. */
final class Concat extends Operator {
  Concat() {
    super("Concat", Trait.LINEAR, Trait.KEEPING_AXES);
  }

  private static int axis(OpInputs in, int input) {
    return in.shape(input).axis(in.node().integer("axis", 0));
  }

  private static IntStream inputs(OpInputs in) {
    return IntStream.range(0, in.node().inputs().size());
  }

  @Override
  public List<ValueType> outputs(OpInputs in) {
    Shape first = in.shape(0);
    int axis = axis(in, 0);
    boolean isFixed = true;
    long total = 0;
    for (int i = 0; i < in.node().inputs().size(); i++) {
      Dim dim = in.shape(i).dim(axis);
      isFixed &= dim.isFixed();
      total = Math.addExact(total, dim.isFixed() ? dim.size() : 0);
      first = known(first, in.shape(i));
    }
    Shape shape = first.with(axis, isFixed ? Dim.of(total) : in.unknown(axis));
    return List.of(new ValueType(in.type(0), shape));
  }

  /** Of the dimensions of parts that are put together, which are equal, those that are known. */
  private static Shape known(Shape one, Shape other) {
    Shape shape = one;
    for (int axis = 0; axis < one.rank(); axis++) {
      if (!one.dim(axis).isKnown()) {
        shape = shape.with(axis, other.dim(axis));
      }
    }
    return shape;
  }

  @Override
  public Optional<List<Optional<Size>>> sizes(OpInputs in, int count) {
    boolean isOfSmall =
        axis(in, 0) == 0
            && inputs(in)
                .allMatch(i -> in.sizes(i).isPresent() || SizeVectors.isSmall(in.shape(i)));
    return Optional.of(in).filter(all -> isOfSmall).map(Concat::joined);
  }

  private static List<Optional<Size>> joined(OpInputs in) {
    List<Optional<Size>> all = new ArrayList<>();
    inputs(in)
        .forEach(
            i ->
                all.addAll(
                    in.sizes(i)
                        .orElseGet(
                            () ->
                                SizeVectors.unknown(Math.toIntExact(in.shape(i).size().size())))));
    return all;
  }

  @Override
  public List<InputAxis> pickedAxes(OpInputs in) {
    return inputs(in).mapToObj(i -> new InputAxis(i, axis(in, i))).toList();
  }
}
