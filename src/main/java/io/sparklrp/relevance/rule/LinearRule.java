package io.sparklrp.relevance.rule;

import io.sparklrp.graph.Node;

/**
 * A matrix product with one constant factor, z = x W: the gradient G W' (LRP-0; Ali et al. 2022,
 * section 3). The weight is read transposed, never copied.
 */
public final class LinearRule implements Rule {
  @Override
  public void propagate(Node node, Backward backward) {
    MatrixGradients gradients = new MatrixGradients(node, backward);
    if (backward.isActive(node, 0)) {
      backward.toInput(node, 0, gradients.first(1f));
    } else {
      backward.toInput(node, 1, gradients.second(1f));
    }
    if (node.hasInput(2)) {
      backward.constant(node, 2, backward.gradient(node));
    }
  }
}
