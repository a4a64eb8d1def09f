package io.sparklrp.graph.op;

import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Size;
import io.sparklrp.graph.Tensor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Follows what shapes are computed from: the elements of small vectors and matrices of whole
 * numbers, row by row, as far as they are numbers or products of dimensions. Exported models
 * compute the targets of their reshapes, and what they pad, in this way.
 */
public final class SizeVectors {
  /** Longer vectors are data. */
  static final long LONGEST = 64;

  private static final int HIGHEST_RANK = 2;

  private SizeVectors() {}

  /** The elements of a constant, if it is a small scalar, vector or matrix of whole numbers. */
  public static Optional<List<Optional<Size>>> of(Tensor tensor) {
    if (tensor.shape().length > HIGHEST_RANK || tensor.size() > LONGEST || isFloat(tensor.type())) {
      return Optional.empty();
    }
    List<Optional<Size>> elements = new ArrayList<>();
    ByteBuffer data = tensor.data();
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
  public static Optional<List<Optional<Size>>> of(OpInputs in, ValueType output) {
    Shape shape = output.shape();
    if (!isSmall(shape) || isFloat(output.type())) {
      return Optional.empty();
    }
    int count = Math.toIntExact(shape.size().size());
    try {
      return Operators.of(in.node())
          .sizes(in, count)
          .filter(found -> found.size() == count)
          .map(found -> ofType(output.type(), found));
    } catch (ArithmeticException e) {
      return Optional.empty();
    }
  }

  /** Whether values of a shape are followed. */
  static boolean isSmall(Shape shape) {
    return shape.rank() <= HIGHEST_RANK
        && shape.isFixed()
        && shape.dims().stream().allMatch(dim -> dim.size() <= LONGEST)
        && shape.size().size() <= LONGEST;
  }

  /** Elements as their type holds them; those that it does not hold are not known. */
  private static List<Optional<Size>> ofType(DataType type, List<Optional<Size>> found) {
    return switch (type) {
      case BOOL -> known(found, a -> a.isEqualTo(Size.of(0)).map(is -> truth(!is)));
      case INT32 ->
          known(found, a -> Optional.of(a).filter(size -> size.factor() == (int) size.factor()));
      default -> found;
    };
  }

  private static List<Optional<Size>> known(
      List<Optional<Size>> elements, Function<Size, Optional<Size>> function) {
    return elements.stream().map(one -> one.flatMap(function)).toList();
  }

  /** 1 for true and 0 for false, as whole numbers have them. */
  static Size truth(boolean value) {
    return Size.of(value ? 1 : 0);
  }

  /** Elements of which nothing is known. */
  static List<Optional<Size>> unknown(int count) {
    return repeated(List.of(Optional.empty()), count);
  }

  /** One element again and again. */
  static List<Optional<Size>> repeated(List<Optional<Size>> one, int count) {
    return Collections.nCopies(count, one.get(0));
  }

  /** As many as wanted: all of them, or one again and again. */
  static Optional<List<Optional<Size>>> spread(List<Optional<Size>> all, int count) {
    if (all.size() == count) {
      return Optional.of(all);
    }
    return all.size() == 1 ? Optional.of(repeated(all, count)) : Optional.empty();
  }

  /** Of two inputs, one of which may be repeated; empty for what cannot be told. */
  static Optional<List<Optional<Size>>> combined(
      OpInputs in, int count, BiFunction<Size, Size, Optional<Size>> function) {
    Optional<List<Optional<Size>>> first = in.sizes(0).flatMap(all -> spread(all, count));
    Optional<List<Optional<Size>>> second = in.sizes(1).flatMap(all -> spread(all, count));
    if (in.node().inputs().size() != 2 || first.isEmpty() || second.isEmpty()) {
      return Optional.empty();
    }
    List<Optional<Size>> results = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Optional<Size> other = second.get().get(i);
      results.add(first.get().get(i).flatMap(a -> other.flatMap(b -> function.apply(a, b))));
    }
    return Optional.of(results);
  }

  /** Of the first input, each element by itself. */
  static Optional<List<Optional<Size>>> mapped(
      OpInputs in, Function<Size, Optional<Size>> function) {
    return in.sizes(0).map(all -> known(all, function));
  }
}
