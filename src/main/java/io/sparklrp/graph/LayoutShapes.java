package io.sparklrp.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Operators that keep the elements and change their arrangement. */
final class LayoutShapes {
  private LayoutShapes() {}

  static void register(Map<String, ShapeRule> rules) {
    rules.put("Reshape", ShapeRule.first(LayoutShapes::reshape));
    rules.put("Transpose", ShapeRule.first(LayoutShapes::transpose));
    rules.put("Unsqueeze", ShapeRule.first(LayoutShapes::unsqueeze));
    rules.put("Squeeze", ShapeRule.first(LayoutShapes::squeeze));
    rules.put("Concat", ShapeRule.first(LayoutShapes::concat));
    rules.put("Shape", ShapeRule.of(DataType.INT64, in -> Shape.of(shapeLength(in))));
    rules.put("Expand", ShapeRule.first(LayoutShapes::expand));
  }

  private static Shape reshape(OpInputs in) {
    Shape from = in.shape(0);
    long[] target = in.longs(1);
    List<Dim> dims = new ArrayList<>();
    Dim left = from.size();
    int open = -1;
    for (int axis = 0; axis < target.length; axis++) {
      Dim dim = target[axis] == 0 ? from.dim(axis) : Dim.of(Math.max(target[axis], 1));
      if (target[axis] == -1) {
        open = axis;
      } else {
        Dim total = left;
        left =
            left.dividedBy(dim)
                .orElseThrow(
                    () ->
                        new IllegalArgumentException(
                            "shape " + from + " does not divide: " + total));
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

  private static Shape transpose(OpInputs in) {
    Shape from = in.shape(0);
    List<Dim> dims = new ArrayList<>();
    in.node()
        .integers("perm", reversed(from.rank()))
        .forEach(axis -> dims.add(from.dim(axis.intValue())));
    return new Shape(dims);
  }

  private static List<Long> reversed(int rank) {
    List<Long> axes = new ArrayList<>();
    for (long axis = rank - 1L; axis >= 0; axis--) {
      axes.add(axis);
    }
    return axes;
  }

  private static Shape unsqueeze(OpInputs in) {
    long[] axes = in.longs(1);
    int rank = in.shape(0).rank() + axes.length;
    Set<Integer> added = new TreeSet<>();
    for (long axis : axes) {
      added.add((int) (axis < 0 ? axis + rank : axis));
    }
    List<Dim> dims = new ArrayList<>(in.shape(0).dims());
    added.forEach(axis -> dims.add(axis, Dim.of(1)));
    return new Shape(dims);
  }

  private static Shape squeeze(OpInputs in) {
    Shape from = in.shape(0);
    Set<Integer> dropped = new TreeSet<>();
    for (long axis : in.longs(1)) {
      dropped.add(from.axis(axis));
    }
    List<Dim> dims = new ArrayList<>();
    for (int axis = 0; axis < from.rank(); axis++) {
      if (!dropped.contains(axis)) {
        dims.add(from.dim(axis));
      }
    }
    return new Shape(dims);
  }

  private static Shape concat(OpInputs in) {
    Shape first = in.shape(0);
    int axis = first.axis(in.node().integer("axis", 0));
    boolean fixed = true;
    long total = 0;
    for (int i = 0; i < in.node().inputs().size(); i++) {
      Dim dim = in.shape(i).dim(axis);
      fixed &= dim.isFixed();
      total += dim.isFixed() ? dim.size() : 0;
    }
    return first.with(axis, fixed ? Dim.of(total) : in.unknown(axis));
  }

  private static long shapeLength(OpInputs in) {
    int rank = in.shape(0).rank();
    long start = bound(in.node().integer("start", 0), rank);
    return Math.max(0, bound(in.node().integer("end", rank), rank) - start);
  }

  private static long bound(long index, int rank) {
    return Math.min(Math.max(index < 0 ? index + rank : index, 0), rank);
  }

  private static Shape expand(OpInputs in) {
    return in.knownLongs(1)
        .map(sizes -> in.shape(0).broadcast(Shape.of(sizes)))
        .orElseGet(() -> unknown(in, (int) in.shape(1).dim(0).size()));
  }

  private static Shape unknown(OpInputs in, int rank) {
    List<Dim> dims = new ArrayList<>();
    for (int axis = 0; axis < rank; axis++) {
      dims.add(in.unknown(axis));
    }
    return new Shape(dims);
  }
}
