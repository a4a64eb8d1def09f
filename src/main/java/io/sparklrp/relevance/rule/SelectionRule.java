package io.sparklrp.relevance.rule;

import io.sparklrp.graph.Node;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Value;
import java.util.Map;

/**
 * Where with a condition that does not depend on the embeddings: each branch gets the gradient of
 * the places where it is chosen; a constant branch is additive there and is booked.
 */
public final class SelectionRule implements Rule {
  @Override
  public void propagate(Node node, Backward backward) {
    Ops ops = backward.ops(node);
    Value condition = backward.input(node, 0);
    Value gradient = backward.gradient(node);
    Value zero = ops.scalar(0f);
    send(node, 1, ops.op("chosen", "Where", Map.of(), condition, gradient, zero), backward);
    send(node, 2, ops.op("otherwise", "Where", Map.of(), condition, zero, gradient), backward);
  }

  private static void send(Node node, int index, Value gradient, Backward backward) {
    if (backward.isActive(node, index)) {
      backward.toInput(node, index, gradient);
    } else {
      backward.constant(node, index, gradient);
    }
  }
}
