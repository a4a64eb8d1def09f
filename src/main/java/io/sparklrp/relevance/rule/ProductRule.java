package io.sparklrp.relevance.rule;

import io.sparklrp.graph.Node;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Value;

/**
 * {@code a * b} of two activations: each factor gets the gradient, times a share. Share 1 is the
 * plain gradient, which counts the product twice; share 1/2 conserves it (Achtibat et al. 2024, the
 * uniform rule).
 */
public final class ProductRule implements Rule {
  private final float share;

  /** A rule that gives each factor that share of its gradient. */
  public ProductRule(float share) {
    this.share = share;
  }

  @Override
  public String name() {
    return share == 1f ? "product: gradient" : "product: " + share + " to each";
  }

  @Override
  public void propagate(Node node, Backward backward) {
    Ops ops = backward.ops(node);
    Value gradient = backward.gradient(node);
    Value shared = share == 1f ? gradient : ops.mul("share", gradient, ops.scalar(share));
    backward.toInput(node, 0, ops.mul("first", shared, backward.input(node, 1)));
    backward.toInput(node, 1, ops.mul("second", shared, backward.input(node, 0)));
  }
}
