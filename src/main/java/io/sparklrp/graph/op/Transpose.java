package io.sparklrp.graph.op;

import io.sparklrp.graph.Dim;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.LongStream;

/** {@code Transpose}. */
final class Transpose extends Operator {
  Transpose() {
    super("Transpose", Trait.LINEAR, Trait.MOVING);
  }

  private static List<Long> order(OpInputs in) {
    int rank = in.shape(0).rank();
    List<Long> reversed = LongStream.rangeClosed(1, rank).mapToObj(i -> rank - i).toList();
    return in.node().integers("perm", reversed);
  }

  @Override
  public List<ValueType> outputs(OpInputs in) {
    List<Dim> dims = new ArrayList<>();
    order(in).forEach(axis -> dims.add(in.shape(0).dim(axis.intValue())));
    return List.of(new ValueType(in.type(0), new Shape(dims)));
  }

  @Override
  public Optional<List<Optional<Size>>> sizes(OpInputs in, int count) {
    if (in.shape(0).rank() < 2) {
      return in.sizes(0);
    }
    boolean isTurned = order(in).equals(List.of(1L, 0L));
    return in.sizes(0).filter(all -> isTurned).map(all -> turned(all, in.shape(0)));
  }

  private static List<Optional<Size>> turned(List<Optional<Size>> all, Shape shape) {
    int columns = Math.toIntExact(shape.dim(1).size());
    List<Optional<Size>> turned = new ArrayList<>();
    for (int column = 0; column < columns; column++) {
      for (int at = column; at < all.size(); at += columns) {
        turned.add(all.get(at));
      }
    }
    return turned;
  }

  @Override
  public OptionalInt outputAxis(OpInputs in, Shape output, int axis) {
    return OptionalInt.of(order(in).indexOf((long) axis));
  }

  @Override
  public Optional<List<Integer>> slice(OpInputs in, Shape output, int axis) {
    return Optional.of(List.of(order(in).get(axis).intValue()));
  }
}
