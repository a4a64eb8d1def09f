package io.sparklrp.relevance.rule;

import io.sparklrp.graph.Node;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Value;

/**
 * Gradients of C = alpha op(A) op(B), where op may transpose the last two axes (MatMul,
 * FusedMatMul, Gemm).
 */
final class MatrixGradients {
  private final Node node;
  private final Backward backward;
  private final boolean transA;
  private final boolean transB;
  private final float alpha;

  MatrixGradients(Node node, Backward backward) {
    this.node = node;
    this.backward = backward;
    this.transA = node.integer("transA", 0) == 1;
    this.transB = node.integer("transB", 0) == 1;
    this.alpha = node.decimal("alpha", 1f);
  }

  /** Gradient at the factor of an index, times a share. */
  Value of(int factor, float share) {
    return factor == 0 ? first(share) : second(share);
  }

  /** The axis of a factor along which products are summed, counted from the end. */
  int summedAxis(int factor) {
    boolean isTransposed = factor == 0 ? transA : transB;
    return (factor == 0) == isTransposed ? -2 : -1;
  }

  /** Gradient at A, times a share. */
  Value first(float share) {
    Ops ops = backward.ops(node);
    Value gradient = backward.gradient(node);
    Value b = backward.input(node, 1);
    return transA
        ? ops.fusedMatMul("first", b, transB, gradient, true, alpha * share)
        : ops.fusedMatMul("first", gradient, false, b, !transB, alpha * share);
  }

  /** Gradient at B, times a share. */
  Value second(float share) {
    Ops ops = backward.ops(node);
    Value gradient = backward.gradient(node);
    Value a = backward.input(node, 0);
    return transB
        ? ops.fusedMatMul("second", gradient, true, a, transA, alpha * share)
        : ops.fusedMatMul("second", a, !transA, gradient, false, alpha * share);
  }
}
