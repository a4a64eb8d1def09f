package io.sparklrp.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Reductions along axes. */
final class ReductionShapes {
  private ReductionShapes() {}

  static void register(Map<String, ShapeRule> rules) {
    List.of("ReduceSum", "ReduceMean", "ReduceMax", "ReduceMin", "ReduceL2", "ReduceProd")
        .forEach(op -> rules.put(op, ShapeRule.first(ReductionShapes::reduce)));
    rules.put("ArgMax", ShapeRule.of(DataType.INT64, ReductionShapes::argMax));
  }

  private static Shape reduce(OpInputs in) {
    Shape shape = in.shape(0);
    Set<Integer> axes = new TreeSet<>();
    if (in.has(1)) {
      for (long axis : in.longs(1)) {
        axes.add(shape.axis(axis));
      }
    } else {
      in.node().integers("axes", List.of()).forEach(axis -> axes.add(shape.axis(axis)));
    }
    if (axes.isEmpty() && in.node().integer("noop_with_empty_axes", 0) == 0) {
      IntStream.range(0, shape.rank()).forEach(axes::add);
    }
    return without(shape, axes, in.node().integer("keepdims", 1) == 1);
  }

  private static Shape argMax(OpInputs in) {
    Shape shape = in.shape(0);
    int axis = shape.axis(in.node().integer("axis", 0));
    return without(shape, Set.of(axis), in.node().integer("keepdims", 1) == 1);
  }

  private static Shape without(Shape shape, Set<Integer> axes, boolean keep) {
    List<Dim> dims = new ArrayList<>();
    for (int axis = 0; axis < shape.rank(); axis++) {
      if (!axes.contains(axis)) {
        dims.add(shape.dim(axis));
      } else if (keep) {
        dims.add(Dim.of(1));
      }
    }
    return new Shape(dims);
  }
}
