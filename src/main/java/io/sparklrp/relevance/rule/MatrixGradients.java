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
  private final Value gradient;
  private final Value constant;
  private final boolean transA;
  private final boolean transB;
  private final float alpha;

  MatrixGradients(Node node, Backward backward) {
    this(node, backward, backward.gradient(node), null);
  }

  /**
   * Gradients from one that was changed.
   *
   * @param gradient at the product
   * @param constant in place of the factor that no gradient is sent to; null for that itself
   */
  MatrixGradients(Node node, Backward backward, Value gradient, Value constant) {
    this.node = node;
    this.backward = backward;
    this.gradient = gradient;
    this.constant = constant;
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
    Value b = constant == null ? backward.input(node, 1) : constant;
    return transA
        ? ops.fusedMatMul("first", b, transB, gradient, true, alpha * share)
        : ops.fusedMatMul("first", gradient, false, b, !transB, alpha * share);
  }

  /** Gradient at B, times a share. */
  Value second(float share) {
    Ops ops = backward.ops(node);
    Value a = constant == null ? backward.input(node, 0) : constant;
    return transB
        ? ops.fusedMatMul("second", gradient, true, a, transA, alpha * share)
        : ops.fusedMatMul("second", a, !transA, gradient, false, alpha * share);
  }
}
