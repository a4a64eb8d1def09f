package io.sparklrp.relevance.rule;

import io.sparklrp.graph.Node;

/** Expand: what was repeated gets the sum of the gradients of its copies. */
public final class ExpandRule implements Rule {
  @Override
  public void propagate(Node node, Backward backward) {
    backward.toInput(node, 0, backward.gradient(node));
  }
}
