package io.sparklrp.graph.op;

import io.sparklrp.graph.Dim;
import io.sparklrp.graph.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** A reduction along axes. */
final class Reduction extends Operator {
  Reduction(String name, Trait... traits) {
    super(name, with(Trait.REDUCING, traits));
  }

  @Override
  public List<ValueType> outputs(OpInputs in) {
    Shape shape = in.shape(0);
    Set<Integer> axes = new TreeSet<>();
    for (long axis : in.has(1) ? in.longs(1) : given(in)) {
      axes.add(shape.axis(axis));
    }
    if (axes.isEmpty() && in.node().integer("noop_with_empty_axes", 0) == 0) {
      IntStream.range(0, shape.rank()).forEach(axes::add);
    }
    boolean keeps = in.node().integer("keepdims", 1) == 1;
    return List.of(new ValueType(in.type(0), without(shape, axes, keeps)));
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

  @Override
  public List<InputAxis> mixedAxes(OpInputs in) {
    Shape shape = in.shape(0);
    long[] axes = in.has(1) ? in.knownLongs(1).orElse(new long[0]) : given(in);
    return InputAxis.ofFirst(
        axes.length == 0
            ? IntStream.range(0, shape.rank()).boxed().toList()
            : LongStream.of(axes).mapToObj(shape::axis).toList());
  }
}
