package io.sparklrp.relevance.rule;

import io.sparklrp.graph.Node;

/** {@code -a}: the gradient with its sign changed. */
public final class NegationRule implements Rule {
  @Override
  public void propagate(Node node, Backward backward) {
    backward.toInput(node, 0, backward.ops(node).unary("negative", "Neg", backward.gradient(node)));
  }
}
