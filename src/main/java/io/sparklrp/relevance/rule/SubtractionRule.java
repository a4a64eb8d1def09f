package io.sparklrp.relevance.rule;

import io.sparklrp.graph.Node;
import io.sparklrp.graph.Value;

/**
 * {@code a - b}: the gradient goes to a, and with its sign changed to b; a constant is booked
 * likewise.
 */
public final class SubtractionRule implements Rule {
  @Override
  public void propagate(Node node, Backward backward) {
    send(node, 0, backward.gradient(node), backward);
    Value negative = backward.ops(node).unary("negative", "Neg", backward.gradient(node));
    send(node, 1, negative, backward);
  }

  private static void send(Node node, int index, Value gradient, Backward backward) {
    if (backward.isActive(node, index)) {
      backward.toInput(node, index, gradient);
    } else {
      backward.constant(node, index, gradient);
    }
  }
}
