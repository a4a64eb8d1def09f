package io.sparklrp.relevance.rule;

import io.sparklrp.graph.Node;

/**
 * A matrix product of two activations, such as QK' or PV: each factor gets its gradient, times a
 * share. Share 1 is the plain gradient; share 1/2 conserves the product (Achtibat et al. 2024,
 * equation 13).
 */
public final class MatrixProductRule implements Rule {
  private final float share;

  /** A rule that gives each factor that share of its gradient. */
  public MatrixProductRule(float share) {
    this.share = share;
  }

  @Override
  public String name() {
    return share == 1f ? "matrix product: gradient" : "matrix product: " + share + " to each";
  }

  @Override
  public void propagate(Node node, Backward backward) {
    MatrixGradients gradients = new MatrixGradients(node, backward);
    backward.toInput(node, 0, gradients.first(share));
    backward.toInput(node, 1, gradients.second(share));
  }
}
