package io.sparklrp.relevance.rule;

import io.sparklrp.graph.Node;
import io.sparklrp.graph.Value;

/** {@code a + b}: the gradient goes to both; a constant summand is booked. */
public final class AdditionRule implements Rule {
  @Override
  public void propagate(Node node, Backward backward) {
    Value gradient = backward.gradient(node);
    for (int i = 0; i < 2; i++) {
      if (backward.isActive(node, i)) {
        backward.toInput(node, i, gradient);
      } else {
        backward.constant(node, i, gradient);
      }
    }
  }
}
