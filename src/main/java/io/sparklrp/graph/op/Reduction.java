package io.sparklrp.graph.op;

import io.sparklrp.graph.Dim;
import io.sparklrp.graph.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** A reduction along axes. */
final class Reduction extends Operator {
  Reduction(String name, Trait... traits) {
    super(name, with(Trait.REDUCING, traits));
  }

  @Override
  public List<ValueType> outputs(OpInputs in) {
    return List.of(new ValueType(in.type(0), without(in.shape(0), reduced(in), keeps(in))));
  }

  private static boolean keeps(OpInputs in) {
    return in.node().integer("keepdims", 1) == 1;
  }

  private static Set<Integer> reduced(OpInputs in) {
    Shape shape = in.shape(0);
    Set<Integer> axes = new TreeSet<>();
    for (long axis : in.has(1) ? in.longs(1) : given(in)) {
      axes.add(shape.axis(axis));
    }
    if (axes.isEmpty() && in.node().integer("noop_with_empty_axes", 0) == 0) {
      IntStream.range(0, shape.rank()).forEach(axes::add);
    }
    return axes;
  }

  private static long[] given(OpInputs in) {
    return in.node().integers("axes", List.of()).stream().mapToLong(Long::longValue).toArray();
  }

  /** A shape without some axes, or with a 1 in their place. */
  static Shape without(Shape shape, Set<Integer> axes, boolean keeps) {
    List<Dim> dims = new ArrayList<>();
    for (int axis = 0; axis < shape.rank(); axis++) {
      if (!axes.contains(axis)) {
        dims.add(shape.dim(axis));
      } else if (keeps) {
        dims.add(Dim.of(1));
      }
    }
    return new Shape(dims);
  }

  /** Where an axis is in a shape without some axes, or with a 1 in their place. */
  static OptionalInt axisWithout(int axis, Set<Integer> axes, boolean keeps) {
    if (axes.contains(axis)) {
      return OptionalInt.of(GONE);
    }
    long before = keeps ? 0 : axes.stream().filter(other -> other < axis).count();
    return OptionalInt.of(axis - (int) before);
  }

  @Override
  public OptionalInt outputAxis(OpInputs in, Shape output, int axis) {
    return axisWithout(axis, reduced(in), keeps(in));
  }

  @Override
  public List<InputAxis> mixedAxes(OpInputs in) {
    return InputAxis.ofFirst(List.copyOf(reduced(in)));
  }
}
