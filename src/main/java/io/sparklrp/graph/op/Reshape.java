package io.sparklrp.graph.op;

import io.sparklrp.graph.Dim;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** {@code Reshape}: a 0 in its target keeps a dimension, a -1 is what is left. */
final class Reshape extends SameData {
  Reshape() {
    super("Reshape");
  }

  @Override
  Shape shape(OpInputs in) {
    return in.knownLongs(1).map(target -> known(in.shape(0), target)).orElseGet(() -> computed(in));
  }

  private static Shape known(Shape from, long... target) {
    List<Dim> dims = new ArrayList<>();
    Dim left = from.size();
    int open = -1;
    for (int axis = 0; axis < target.length; axis++) {
      Dim dim = target[axis] == 0 ? from.dim(axis) : Dim.of(Math.max(target[axis], 1));
      if (target[axis] == -1) {
        open = axis;
      } else {
        left = divided(left, dim, from);
      }
      dims.add(dim);
    }
    if (open >= 0) {
      dims.set(open, left);
    } else if (!left.isOne()) {
      throw new IllegalArgumentException("shape " + from + " leaves " + left + " elements over");
    }
    return new Shape(dims);
  }

  private static Dim divided(Dim total, Dim dim, Shape from) {
    return total
        .dividedBy(dim)
        .orElseThrow(
            () -> new IllegalArgumentException("shape " + from + " does not divide: " + total));
  }

  /** A target that the graph computes: each element is a dimension, 0, -1 or not known. */
  private static Shape computed(OpInputs in) {
    List<Dim> dims = new ArrayList<>(in.dims(1));
    Optional<Dim> left = Optional.of(in.shape(0).size());
    int open = -1;
    for (int axis = 0; axis < dims.size(); axis++) {
      int at = axis;
      Optional<Size> size = in.size(1, at);
      if (size.isPresent() && size.get().factor() == -1) {
        open = axis;
        continue;
      }
      if (size.isPresent() && size.get().factor() == 0) {
        dims.set(axis, in.shape(0).dim(axis));
      }
      left = left.flatMap(total -> total.dividedBy(dims.get(at)));
    }
    if (open >= 0) {
      dims.set(open, left.orElse(in.unknown(open)));
    }
    return new Shape(dims);
  }

  /** An axis passes that is copied (target 0), where those before it are left alone. */
  @Override
  public Optional<List<Integer>> slice(OpInputs in, Shape output, int axis) {
    Shape from = in.shape(0);
    boolean isKept =
        axis < from.rank()
            && in.constantLongs(1).filter(target -> target[axis] == 0).isPresent()
            && from.dims().subList(0, axis + 1).equals(output.dims().subList(0, axis + 1));
    return isKept ? Optional.of(List.of(axis, WHOLE)) : Optional.empty();
  }

  /** An axis stays where as many elements are before it as were, and it is as long as it was. */
  @Override
  public OptionalInt outputAxis(OpInputs in, Shape output, int axis) {
    Shape from = in.shape(0);
    return IntStream.range(0, output.rank())
        .filter(to -> from.dim(axis).equals(output.dim(to)))
        .filter(to -> before(from, axis).equals(before(output, to)))
        .findFirst();
  }

  @Override
  public boolean readsAsShape(OpInputs in, int input) {
    return input == 1;
  }

  @Override
  public boolean keepsPlaces(OpInputs in, int from, Shape output, int to) {
    return before(in.shape(0), from).equals(before(output, to));
  }

  private static Dim before(Shape shape, int axis) {
    return new Shape(shape.dims().subList(0, axis)).size();
  }
}
