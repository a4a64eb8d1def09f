package io.sparklrp.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/** Operators that pick elements or put them in place. */
final class SelectionShapes {
  /** A slice of so few first or last elements is believed to find them all. */
  private static final long BELIEVED = 16;

  private SelectionShapes() {}

  static void register(Map<String, ShapeRule> rules) {
    rules.put("Gather", ShapeRule.first(SelectionShapes::gather));
    rules.put("GatherElements", ShapeRule.first(in -> in.shape(1)));
    rules.put("ScatterElements", ShapeRule.first(in -> in.shape(0)));
    rules.put("GatherND", ShapeRule.first(SelectionShapes::gatherRows));
    rules.put("ScatterND", ShapeRule.first(in -> in.shape(0)));
    rules.put("Trilu", ShapeRule.first(in -> in.shape(0)));
    rules.put("Slice", ShapeRule.first(SelectionShapes::slice));
    rules.put("Pad", ShapeRule.first(SelectionShapes::pad));
    rules.put("NonZero", ShapeRule.of(DataType.INT64, SelectionShapes::nonZero));
    rules.put("OneHot", SelectionShapes::oneHot);
    rules.put("TopK", SelectionShapes::topK);
    rules.put("Scan", SelectionShapes::scan);
  }

  private static Shape gather(OpInputs in) {
    Shape data = in.shape(0);
    int axis = data.axis(in.node().integer("axis", 0));
    List<Dim> dims = new ArrayList<>(data.dims().subList(0, axis));
    dims.addAll(in.shape(1).dims());
    dims.addAll(data.dims().subList(axis + 1, data.rank()));
    return new Shape(dims);
  }

  private static Shape gatherRows(OpInputs in) {
    Shape data = in.shape(0);
    Shape indices = in.shape(1);
    int leading = Math.toIntExact(in.node().integer("batch_dims", 0) + indices.dim(-1).size());
    List<Dim> dims = new ArrayList<>(indices.dims().subList(0, indices.rank() - 1));
    dims.addAll(data.dims().subList(leading, data.rank()));
    return new Shape(dims);
  }

  private static Shape nonZero(OpInputs in) {
    return Shape.of(Dim.of(in.shape(0).rank()), in.unknown(1));
  }

  private static Shape slice(OpInputs in) {
    Shape shape = in.shape(0);
    long[] axes =
        in.has(3) ? in.longs(3) : LongStream.range(0, in.shape(1).dim(0).size()).toArray();
    for (int i = 0; i < axes.length; i++) {
      int axis = shape.axis(axes[i]);
      shape = shape.with(axis, sliced(in, i, shape.dim(axis), axis));
    }
    return shape;
  }

  private static Dim sliced(OpInputs in, int index, Dim dim, int axis) {
    if (isUpToItsLength(in, index, dim)) {
      return dim;
    }
    if (in.knownLongs(1).isEmpty() || in.knownLongs(2).isEmpty()) {
      return in.unknown(axis);
    }
    long step = in.has(4) ? in.longs(4)[index] : 1;
    SliceRange range = new SliceRange(in.longs(1)[index], in.longs(2)[index], step);
    if (dim.isFixed()) {
      return Dim.of(range.count(dim.size()));
    }
    if (range.isWhole()) {
      return dim;
    }
    return step == 1 ? believed(range, in, axis) : in.unknown(axis);
  }

  /** Whether a slice goes from the first element to as many as there are, told by a Shape. */
  private static boolean isUpToItsLength(OpInputs in, int index, Dim dim) {
    Optional<Size> start = in.sizes(1).flatMap(all -> all.get(index));
    Optional<Size> end = in.sizes(2).flatMap(all -> all.get(index));
    boolean isByOne = !in.has(4) || in.knownLongs(4).filter(steps -> steps[index] == 1).isPresent();
    return isByOne
        && start.filter(Size.of(0)::equals).isPresent()
        && end.filter(Size.of(dim)::equals).isPresent();
  }

  private static Dim believed(SliceRange range, OpInputs in, int axis) {
    if (range.start() == -1 && range.end() >= Integer.MAX_VALUE) {
      return Dim.of(1);
    }
    boolean isCounted =
        range.start() >= 0
            ? range.end() <= BELIEVED
            : range.end() < 0 && range.start() >= -BELIEVED;
    return isCounted && range.end() >= range.start()
        ? Dim.of(range.end() - range.start())
        : in.unknown(axis);
  }

  private static Shape pad(OpInputs in) {
    Shape shape = in.shape(0);
    for (int axis = 0; axis < in.shape(0).rank(); axis++) {
      shape = shape.with(axis, padded(in, shape.dim(axis), axis));
    }
    return shape;
  }

  private static Dim padded(OpInputs in, Dim dim, int axis) {
    Optional<Size> before = in.sizes(1).flatMap(all -> all.get(axis));
    Optional<Size> behind = in.sizes(1).flatMap(all -> all.get(axis + in.shape(0).rank()));
    return before
        .flatMap(first -> behind.flatMap(first::plus))
        .flatMap(both -> Size.of(dim).plus(both))
        .map(all -> all.dim().orElseThrow(() -> new IllegalArgumentException("it cuts too much")))
        .orElseGet(() -> in.unknown(axis));
  }

  private static List<ShapeRule.Typed> oneHot(OpInputs in) {
    List<Dim> dims = new ArrayList<>(in.shape(0).dims());
    if (in.node().integer("axis", -1) != -1) {
      throw new IllegalArgumentException("only its axis -1 is supported");
    }
    dims.add(
        in.knownLongs(1).map(depth -> Dim.of(depth[0])).orElseGet(() -> in.unknown(dims.size())));
    return List.of(new ShapeRule.Typed(in.type(2), new Shape(dims)));
  }

  private static List<ShapeRule.Typed> topK(OpInputs in) {
    int axis = in.shape(0).axis(in.node().integer("axis", -1));
    Dim kept = in.knownLongs(1).map(k -> Dim.of(k[0])).orElseGet(() -> in.unknown(axis));
    Shape shape = in.shape(0).with(axis, kept);
    return List.of(
        new ShapeRule.Typed(in.type(0), shape), new ShapeRule.Typed(DataType.INT64, shape));
  }

  /** A Scan without state: each output of its body, once for every step. */
  private static List<ShapeRule.Typed> scan(OpInputs in) {
    if (!(in.node().attributes().get("body") instanceof Attribute.GraphValue body)
        || body.value().inputs().size() != in.node().inputs().size()) {
      throw new IllegalArgumentException("only a Scan without state is supported");
    }
    Dim steps = in.shape(0).dim(0);
    List<ShapeRule.Typed> outputs = new ArrayList<>();
    for (Value output : body.value().outputs()) {
      List<Dim> dims = new ArrayList<>(output.shape().dims());
      dims.add(0, steps);
      outputs.add(new ShapeRule.Typed(output.type(), new Shape(dims)));
    }
    return outputs;
  }
}
