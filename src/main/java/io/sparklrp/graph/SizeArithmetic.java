package io.sparklrp.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/**
 * Follows what shapes are computed from: the elements of small vectors and matrices of whole
 * numbers, row by row, as far as they are numbers or products of dimensions. Exported models
 * compute the targets of their reshapes, and what they pad, in this way.
 */
final class SizeArithmetic {
  /** Longer vectors are data. */
  static final long LONGEST = 64;

  private static final int HIGHEST_RANK = 2;

  private SizeArithmetic() {}

  /** The elements of a constant, if it is a small scalar, vector or matrix of whole numbers. */
  static Optional<List<Optional<Size>>> of(Tensor tensor) {
    if (tensor.shape().length > HIGHEST_RANK || tensor.size() > LONGEST || isFloat(tensor.type())) {
      return Optional.empty();
    }
    List<Optional<Size>> elements = new ArrayList<>();
    java.nio.ByteBuffer data = tensor.data();
    for (long i = 0; i < tensor.size(); i++) {
      elements.add(
          Optional.of(
              Size.of(
                  switch (tensor.type()) {
                    case INT64 -> data.getLong();
                    case INT32 -> data.getInt();
                    default -> data.get();
                  })));
    }
    return Optional.of(elements);
  }

  private static boolean isFloat(DataType type) {
    return type == DataType.FLOAT32 || type == DataType.FLOAT64;
  }

  /** The elements of a node's first output; empty where nothing is known of them. */
  static Optional<List<Optional<Size>>> of(OpInputs in, ShapeRule.Typed output) {
    Shape shape = output.shape();
    if (!isSmall(shape) || isFloat(output.type())) {
      return Optional.empty();
    }
    int count = Math.toIntExact(shape.size().size());
    try {
      return elements(in, count)
          .filter(found -> found.size() == count)
          .map(found -> ofType(output.type(), found));
    } catch (ArithmeticException e) {
      return Optional.empty();
    }
  }

  private static boolean isSmall(Shape shape) {
    return shape.rank() <= HIGHEST_RANK
        && shape.isFixed()
        && shape.dims().stream().allMatch(dim -> dim.size() <= LONGEST)
        && shape.size().size() <= LONGEST;
  }

  /** Elements as their type holds them; those that it does not hold are not known. */
  private static List<Optional<Size>> ofType(DataType type, List<Optional<Size>> found) {
    return switch (type) {
      case BOOL -> mapped(found, a -> a.isEqualTo(Size.of(0)).map(is -> truth(!is)));
      case INT32 ->
          mapped(found, a -> Optional.of(a).filter(size -> size.factor() == (int) size.factor()));
      default -> found;
    };
  }

  private static List<Optional<Size>> mapped(
      List<Optional<Size>> elements, Function<Size, Optional<Size>> function) {
    return elements.stream().map(one -> one.flatMap(function)).toList();
  }

  private static Optional<List<Optional<Size>>> elements(OpInputs in, int count) {
    return switch (in.node().qualifiedOp()) {
      case "Shape" -> Optional.of(dimensions(in));
      case "Gather" -> gather(in);
      case "Slice" -> slice(in);
      case "Transpose" -> transposed(in);
      case "Concat" -> concat(in);
      case "Unsqueeze", "Squeeze", "Reshape", "Identity", "Cast" -> in.sizes(0);
      case "Expand" -> in.sizes(0).flatMap(all -> spread(all, count));
      case "Add" -> combined(in, count, (a, b) -> a.plus(b).orElse(null));
      case "Sub" -> combined(in, count, (a, b) -> a.plus(b.negated()).orElse(null));
      case "Mul" -> combined(in, count, Size::times);
      case "Div" -> combined(in, count, (a, b) -> a.dividedBy(b).orElse(null));
      case "Max" -> combined(in, count, (a, b) -> larger(a, b, 1));
      case "Min" -> combined(in, count, (a, b) -> larger(a, b, -1));
      case "Equal" ->
          combined(in, count, (a, b) -> a.isEqualTo(b).map(SizeArithmetic::truth).orElse(null));
      case "Neg" -> mapped(in, Size::negated);
      case "Not" ->
          mapped(in, a -> a.isEqualTo(Size.of(0)).map(SizeArithmetic::truth).orElse(null));
      case "ConstantOfShape" -> filled(in, count);
      case "Range" -> range(in, count);
      case "Where" -> where(in, count);
      default -> Optional.empty();
    };
  }

  private static Size truth(boolean value) {
    return Size.of(value ? 1 : 0);
  }

  private static List<Optional<Size>> dimensions(OpInputs in) {
    List<Dim> dims = in.shape(0).dims();
    int start = LayoutShapes.bound(in.node().integer("start", 0), dims.size());
    int end = LayoutShapes.bound(in.node().integer("end", dims.size()), dims.size());
    return dims.subList(start, Math.max(start, end)).stream()
        .map(dim -> Optional.of(Size.of(dim)))
        .toList();
  }

  private static Optional<List<Optional<Size>>> gather(OpInputs in) {
    Optional<List<Optional<Size>>> data = in.sizes(0);
    Optional<long[]> indices = in.knownLongs(1);
    if (data.isEmpty() || indices.isEmpty() || in.shape(0).rank() != 1) {
      return Optional.empty();
    }
    List<Optional<Size>> picked = new ArrayList<>();
    for (long index : indices.get()) {
      picked.add(data.get().get(Math.toIntExact(index < 0 ? index + data.get().size() : index)));
    }
    return Optional.of(picked);
  }

  /** A vector, or a matrix along one axis. */
  private static Optional<List<Optional<Size>>> slice(OpInputs in) {
    Optional<List<Optional<Size>>> data = in.sizes(0);
    Optional<long[]> starts = in.knownLongs(1);
    Optional<long[]> ends = in.knownLongs(2);
    Optional<long[]> steps = in.has(4) ? in.knownLongs(4) : Optional.of(new long[] {1});
    Optional<long[]> axes = in.has(3) ? in.knownLongs(3) : Optional.of(new long[] {0});
    boolean isKnown =
        data.isPresent()
            && starts.filter(all -> all.length == 1).isPresent()
            && ends.isPresent()
            && steps.isPresent()
            && axes.isPresent();
    if (!isKnown) {
      return Optional.empty();
    }
    SliceRange range = new SliceRange(starts.get()[0], ends.get()[0], steps.get()[0]);
    return Optional.of(sliced(data.get(), in.shape(0), in.shape(0).axis(axes.get()[0]), range));
  }

  private static List<Optional<Size>> sliced(
      List<Optional<Size>> data, Shape shape, int axis, SliceRange range) {
    long size = shape.dim(axis).size();
    int inner = axis == shape.rank() - 1 ? 1 : Math.toIntExact(shape.dim(-1).size());
    int outer = axis == 0 ? 1 : Math.toIntExact(shape.dim(0).size());
    List<Optional<Size>> kept = new ArrayList<>();
    for (int o = 0; o < outer; o++) {
      for (long i = 0; i < range.count(size); i++) {
        long at = (o * size + range.first(size) + i * range.step()) * inner;
        kept.addAll(data.subList((int) at, (int) at + inner));
      }
    }
    return kept;
  }

  private static Optional<List<Optional<Size>>> transposed(OpInputs in) {
    Shape shape = in.shape(0);
    boolean isTurned =
        shape.rank() == 2 && in.node().integers("perm", List.of(1L, 0L)).equals(List.of(1L, 0L));
    if (!isTurned || in.sizes(0).isEmpty()) {
      return shape.rank() < 2 ? in.sizes(0) : Optional.empty();
    }
    int columns = Math.toIntExact(shape.dim(1).size());
    List<Optional<Size>> turned = new ArrayList<>();
    for (int column = 0; column < columns; column++) {
      for (int at = column; at < in.sizes(0).get().size(); at += columns) {
        turned.add(in.sizes(0).get().get(at));
      }
    }
    return Optional.of(turned);
  }

  private static Optional<List<Optional<Size>>> concat(OpInputs in) {
    if (in.shape(0).axis(in.node().integer("axis", 0)) != 0) {
      return Optional.empty();
    }
    List<Optional<Size>> all = new ArrayList<>();
    for (int i = 0; i < in.node().inputs().size(); i++) {
      Optional<List<Optional<Size>>> part = in.sizes(i);
      if (part.isPresent()) {
        all.addAll(part.get());
      } else if (isSmall(in.shape(i))) {
        all.addAll(unknown(Math.toIntExact(in.shape(i).size().size())));
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(all);
  }

  private static List<Optional<Size>> unknown(int count) {
    return repeated(List.of(Optional.empty()), count);
  }

  private static List<Optional<Size>> repeated(List<Optional<Size>> one, int count) {
    return java.util.Collections.nCopies(count, one.get(0));
  }

  /** As many as wanted: all of them, or one again and again. */
  private static Optional<List<Optional<Size>>> spread(List<Optional<Size>> all, int count) {
    if (all.size() == count) {
      return Optional.of(all);
    }
    return all.size() == 1 ? Optional.of(repeated(all, count)) : Optional.empty();
  }

  private static Size larger(Size a, Size b, int sign) {
    if (a.equals(b)) {
      return a;
    }
    return a.isFixed() && b.isFixed()
        ? Size.of(sign * Math.max(sign * a.factor(), sign * b.factor()))
        : null;
  }

  /** Of two inputs, one of which may be repeated; null for what cannot be told. */
  private static Optional<List<Optional<Size>>> combined(
      OpInputs in, int count, BinaryOperator<Size> function) {
    Optional<List<Optional<Size>>> first = in.sizes(0).flatMap(all -> spread(all, count));
    Optional<List<Optional<Size>>> second = in.sizes(1).flatMap(all -> spread(all, count));
    if (in.node().inputs().size() != 2 || first.isEmpty() || second.isEmpty()) {
      return Optional.empty();
    }
    List<Optional<Size>> results = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Optional<Size> other = second.get().get(i);
      results.add(
          first
              .get()
              .get(i)
              .flatMap(a -> other.flatMap(b -> Optional.ofNullable(function.apply(a, b)))));
    }
    return Optional.of(results);
  }

  private static Optional<List<Optional<Size>>> mapped(OpInputs in, Function<Size, Size> function) {
    return in.sizes(0).map(all -> all.stream().map(one -> one.map(function)).toList());
  }

  private static Optional<List<Optional<Size>>> filled(OpInputs in, int count) {
    boolean given = in.node().attributes().get("value") instanceof Attribute.TensorValue;
    if (!given) {
      return Optional.empty();
    }
    Tensor value = ((Attribute.TensorValue) in.node().attributes().get("value")).value();
    return of(value).map(all -> repeated(all, count));
  }

  private static Optional<List<Optional<Size>>> range(OpInputs in, int count) {
    Optional<long[]> start = in.knownLongs(0);
    Optional<long[]> delta = in.knownLongs(2);
    if (start.isEmpty() || delta.isEmpty()) {
      return Optional.empty();
    }
    List<Optional<Size>> elements = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      elements.add(
          Optional.of(
              Size.of(Math.addExact(start.get()[0], Math.multiplyExact(i, delta.get()[0])))));
    }
    return Optional.of(elements);
  }

  private static Optional<List<Optional<Size>>> where(OpInputs in, int count) {
    Optional<List<Optional<Size>>> condition = in.sizes(0).flatMap(all -> spread(all, count));
    if (condition.isEmpty()) {
      return Optional.empty();
    }
    List<List<Optional<Size>>> values = new ArrayList<>();
    for (int i = 1; i <= 2; i++) {
      values.add(in.sizes(i).flatMap(all -> spread(all, count)).orElseGet(() -> unknown(count)));
    }
    List<Optional<Size>> chosen = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Optional<Size> test = condition.get().get(i).filter(Size::isFixed);
      int at = i;
      chosen.add(test.flatMap(set -> values.get(set.factor() != 0 ? 0 : 1).get(at)));
    }
    return Optional.of(chosen);
  }
}
