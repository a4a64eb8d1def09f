package io.sparklrp.relevance.rule;

import io.sparklrp.graph.Node;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Value;
import java.util.Map;

/**
 * Pad with a constant, before and behind any axes; negative pads cut off. The gradient of what was
 * there goes back, by the pads with their signs changed; the constant, which is additive, is booked
 * with the gradient of its places.
 */
public final class PadRule implements Rule {
  private static final int PADS = 1;
  private static final int CONSTANT = 2;

  @Override
  public void propagate(Node node, Backward backward) {
    Ops ops = backward.ops(node);
    Value gradient = backward.gradient(node);
    Value pads = backward.input(node, PADS);
    Value back = ops.unary("back", "Neg", pads);
    Value kept = ops.op("kept", "Pad", Map.of(), gradient, back, ops.scalar(0f));
    backward.toInput(node, 0, kept);
    Value there = ops.op("there", "Pad", Map.of(), kept, pads, ops.scalar(0f));
    backward.constant(node, CONSTANT, ops.sub("added", gradient, there));
  }
}
