package io.sparklrp.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Matrix products. */
final class MatrixShapes {
  private MatrixShapes() {}

  static void register(Map<String, ShapeRule> rules) {
    rules.put("MatMul", ShapeRule.first(in -> product(in.shape(0), in.shape(1))));
    rules.put(Node.MICROSOFT + ".FusedMatMul", ShapeRule.first(MatrixShapes::fused));
    rules.put("Gemm", ShapeRule.first(MatrixShapes::fused));
  }

  private static Shape fused(OpInputs in) {
    return product(
        transposed(in.shape(0), in.node().integer("transA", 0) == 1),
        transposed(in.shape(1), in.node().integer("transB", 0) == 1));
  }

  private static Shape transposed(Shape shape, boolean swap) {
    if (!swap) {
      return shape;
    }
    return shape.with(-1, shape.dim(-2)).with(-2, shape.dim(-1));
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
}
