package io.sparklrp.relevance.rule;

import io.sparklrp.graph.Node;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Value;
import java.util.Map;

/**
 * Max or Min of two, and so Clip: the selected one gets the gradient, of two equal ones the first;
 * a constant that is selected is additive there and is booked.
 */
public final class ExtremumRule implements Rule {
  @Override
  public void propagate(Node node, Backward backward) {
    Ops ops = backward.ops(node);
    Value gradient = backward.gradient(node);
    String order = node.op().equals("Max") ? "GreaterOrEqual" : "LessOrEqual";
    Value first =
        ops.op("is_first", order, Map.of(), backward.input(node, 0), backward.input(node, 1));
    Value zero = ops.scalar(0f);
    send(node, 0, ops.op("first", "Where", Map.of(), first, gradient, zero), backward);
    send(node, 1, ops.op("second", "Where", Map.of(), first, zero, gradient), backward);
  }

  private static void send(Node node, int index, Value gradient, Backward backward) {
    if (backward.isActive(node, index)) {
      backward.toInput(node, index, gradient);
    } else {
      backward.constant(node, index, gradient);
    }
  }
}
