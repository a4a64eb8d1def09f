package io.sparklrp.relevance.rule;

import io.sparklrp.graph.Node;

/** Identity, and casts between floating-point types: the gradient goes on as it is. */
public final class IdentityRule implements Rule {
  @Override
  public void propagate(Node node, Backward backward) {
    backward.toInput(node, 0, backward.gradient(node));
  }
}
