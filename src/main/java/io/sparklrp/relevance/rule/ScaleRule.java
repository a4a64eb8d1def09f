package io.sparklrp.relevance.rule;

import io.sparklrp.graph.Node;
import io.sparklrp.graph.Value;

/**
 * {@code a * c}, {@code c * a} or {@code a / c} with a constant c: linear, so the gradient is
 * scaled likewise.
 */
public final class ScaleRule implements Rule {
  @Override
  public void propagate(Node node, Backward backward) {
    int active = backward.isActive(node, 0) ? 0 : 1;
    Value constant = backward.input(node, 1 - active);
    Value scaled =
        backward
            .ops(node)
            .op("scaled", node.op(), java.util.Map.of(), backward.gradient(node), constant);
    backward.toInput(node, active, scaled);
  }
}
