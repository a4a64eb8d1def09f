package io.sparklrp.graph.op;

import io.sparklrp.graph.Dim;
import io.sparklrp.graph.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code MatMul}, and {@code FusedMatMul} and {@code Gemm}, which may turn their factors. */
final class MatrixProduct extends Operator {
  MatrixProduct(String name) {
    super(name, Trait.LINEAR, Trait.MATRIX_PRODUCT, Trait.SUMMING);
  }

  private static boolean isTurned(OpInputs in, int factor) {
    return in.node().integer(factor == 0 ? "transA" : "transB", 0) == 1;
  }

  @Override
  public List<ValueType> outputs(OpInputs in) {
    Shape a = in.shape(0);
    Shape b = in.shape(1);
    Shape product = product(turned(a, isTurned(in, 0)), turned(b, isTurned(in, 1)));
    return List.of(new ValueType(in.type(0), product));
  }

  private static Shape turned(Shape shape, boolean swap) {
    return swap ? shape.with(-1, shape.dim(-2)).with(-2, shape.dim(-1)) : shape;
  }

  private static Shape product(Shape a, Shape b) {
    if (a.rank() < 2 || b.rank() < 2) {
      throw new IllegalArgumentException(
          "a product of shapes " + a + " and " + b + " is not supported");
    }
    Dim inner = a.dim(-1);
    if (inner.isFixed() && b.dim(-2).isFixed() && !inner.equals(b.dim(-2))) {
      throw new IllegalArgumentException("shapes " + a + " and " + b + " do not fit");
    }
    Shape outer = outer(a).broadcast(outer(b));
    List<Dim> dims = new ArrayList<>(outer.dims());
    dims.add(a.dim(-2));
    dims.add(b.dim(-1));
    return new Shape(dims);
  }

  private static Shape outer(Shape shape) {
    return new Shape(shape.dims().subList(0, shape.rank() - 2));
  }

  /** Rows of the product are made of the rows of its first factor. */
  @Override
  public Optional<List<Integer>> slice(OpInputs in, Shape output, int axis) {
    int rank = output.rank();
    boolean isOfRows =
        axis == rank - 2 && in.shape(0).rank() == rank && in.node().inputs().size() == 2;
    return isOfRows
        ? Optional.of(List.of(isTurned(in, 0) ? rank - 1 : rank - 2, WHOLE))
        : Optional.empty();
  }

  @Override
  public List<InputAxis> mixedAxes(OpInputs in) {
    return List.of(
        new InputAxis(0, in.shape(0).axis(isTurned(in, 0) ? -2 : -1)),
        new InputAxis(1, in.shape(1).axis(isTurned(in, 1) ? -1 : -2)));
  }
}
