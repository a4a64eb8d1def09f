package io.sparklrp.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The shape of a value: its dimensions, outermost first.
 *
 * @param dims the dimensions; empty for a scalar
 */
public record Shape(List<Dim> dims) {
  /** Copies. */
  public Shape {
    dims = List.copyOf(dims);
  }

  /** A shape of the given dimensions. */
  public static Shape of(Dim... dims) {
    return new Shape(Arrays.asList(dims));
  }

  /** A shape of known sizes. */
  public static Shape of(long... sizes) {
    return new Shape(Arrays.stream(sizes).mapToObj(Dim::of).toList());
  }

  /** Number of dimensions. */
  public int rank() {
    return dims.size();
  }

  /** Dimension {@code axis}; a negative axis counts from the end. */
  public Dim dim(int axis) {
    return dims.get(axis(axis));
  }

  /** The axis as an index from the front. */
  public int axis(long axis) {
    long index = axis < 0 ? axis + rank() : axis;
    if (index < 0 || index >= rank()) {
      throw new IllegalArgumentException("Cannot take axis " + axis + " of shape " + this + ".");
    }
    return (int) index;
  }

  /** The same shape with one dimension replaced. */
  public Shape with(int axis, Dim dim) {
    List<Dim> changed = new ArrayList<>(dims);
    changed.set(axis(axis), dim);
    return new Shape(changed);
  }

  /** Product of all dimensions. */
  public Dim size() {
    return dims.stream().reduce(Dim.of(1), Dim::times);
  }

  /** Whether every dimension is known. */
  public boolean isFixed() {
    return dims.stream().allMatch(Dim::isFixed);
  }

  /** The sizes of a fixed shape. */
  public long[] sizes() {
    return dims.stream().mapToLong(Dim::size).toArray();
  }

  /**
   * The shape of an elementwise result of this and the other, by ONNX's multidirectional
   * broadcasting. Of two different dimensions that are not 1 the fixed one is believed, or the
   * known one.
   */
  public Shape broadcast(Shape other) {
    int rank = Math.max(rank(), other.rank());
    List<Dim> result = new ArrayList<>(rank);
    for (int i = 0; i < rank; i++) {
      result.add(broadcast(alignedDim(i, rank), other.alignedDim(i, rank), other));
    }
    return new Shape(result);
  }

  private Dim alignedDim(int axis, int rank) {
    int own = axis - (rank - rank());
    return own < 0 ? Dim.of(1) : dims.get(own);
  }

  private Dim broadcast(Dim a, Dim b, Shape other) {
    if (a.equals(b) || b.isOne()) {
      return a;
    }
    if (a.isOne()) {
      return b;
    }
    if (a.isFixed() && b.isFixed()) {
      throw new IllegalArgumentException("Cannot broadcast shapes " + this + " and " + other + ".");
    }
    return b.isFixed() || (b.isKnown() && !a.isKnown()) ? b : a;
  }

  @Override
  public String toString() {
    return dims.stream().map(Dim::toString).collect(Collectors.joining(", ", "[", "]"));
  }
}
