package io.sparklrp.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    rules.put("Tile", ShapeRule.first(LayoutShapes::tile));
    rules.put("ConstantOfShape", LayoutShapes::constantOfShape);
    rules.put("Range", ShapeRule.first(LayoutShapes::range));
  }

  private static Shape reshape(OpInputs in) {
    Shape from = in.shape(0);
    Optional<long[]> known = in.knownLongs(1);
    if (known.isEmpty()) {
      return reshapeTo(in);
    }
    long[] target = known.get();
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

  /** A target that the graph computes: each element is a dimension, 0, -1 or not known. */
  private static Shape reshapeTo(OpInputs in) {
    List<Dim> dims = new ArrayList<>(in.dims(1));
    Optional<Dim> left = Optional.of(in.shape(0).size());
    int open = -1;
    for (int axis = 0; axis < dims.size(); axis++) {
      int at = axis;
      Optional<Size> size = in.sizes(1).flatMap(all -> all.get(at));
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
      total = Math.addExact(total, dim.isFixed() ? dim.size() : 0);
      first = known(first, in.shape(i));
    }
    return first.with(axis, fixed ? Dim.of(total) : in.unknown(axis));
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

  private static long shapeLength(OpInputs in) {
    int rank = in.shape(0).rank();
    long start = bound(in.node().integer("start", 0), rank);
    return Math.max(0, bound(in.node().integer("end", rank), rank) - start);
  }

  static int bound(long index, int rank) {
    return (int) Math.min(Math.max(index < 0 ? index + rank : index, 0), rank);
  }

  private static Shape expand(OpInputs in) {
    return in.shape(0).broadcast(new Shape(in.dims(1)));
  }

  private static Shape tile(OpInputs in) {
    List<Dim> repeats = in.dims(1);
    List<Dim> dims = new ArrayList<>();
    for (int axis = 0; axis < in.shape(0).rank(); axis++) {
      dims.add(in.shape(0).dim(axis).times(repeats.get(axis)));
    }
    return new Shape(dims);
  }

  private static List<ShapeRule.Typed> constantOfShape(OpInputs in) {
    DataType type = DataType.FLOAT32;
    if (in.node().attributes().get("value") instanceof Attribute.TensorValue set) {
      if (set.value().size() != 1) {
        throw new IllegalArgumentException("its value is not one number");
      }
      type = set.value().type();
    }
    return List.of(new ShapeRule.Typed(type, new Shape(in.dims(0))));
  }

  /** A range of constant floats. */
  private static Optional<Shape> rangeOfFloats(OpInputs in) {
    Optional<Float> start = in.knownFloat(0);
    Optional<Float> limit = in.knownFloat(1);
    Optional<Float> delta = in.knownFloat(2);
    if (start.isEmpty() || limit.isEmpty() || delta.isEmpty()) {
      return Optional.empty();
    }
    double count = Math.ceil(((double) limit.get() - start.get()) / delta.get());
    if (!(count < Long.MAX_VALUE)) {
      throw new IllegalArgumentException("its range does not end");
    }
    return Optional.of(Shape.of((long) Math.max(0, count)));
  }

  private static Shape range(OpInputs in) {
    Optional<long[]> start = in.knownLongs(0);
    Optional<long[]> limit = in.knownLongs(1);
    Optional<long[]> delta = in.knownLongs(2);
    if (start.isPresent() && limit.isPresent() && delta.isPresent()) {
      long span = Math.subtractExact(limit.get()[0], start.get()[0]);
      return Shape.of(Math.max(0, -Math.floorDiv(Math.negateExact(span), delta.get()[0])));
    }
    Optional<Shape> ofFloats = rangeOfFloats(in);
    if (ofFloats.isPresent()) {
      return ofFloats.get();
    }
    boolean counts =
        start.isPresent() && start.get()[0] == 0 && delta.isPresent() && delta.get()[0] == 1;
    Optional<Dim> count =
        in.sizes(1).filter(all -> counts).flatMap(all -> all.get(0)).flatMap(Size::dim);
    return Shape.of(count.orElseGet(() -> in.unknown(0)));
  }
}
