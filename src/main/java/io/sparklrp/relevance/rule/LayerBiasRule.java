package io.sparklrp.relevance.rule;

import io.sparklrp.graph.Node;
import io.sparklrp.graph.Value;

/**
 * The addition of a linear layer's bias, which the layer's own rule books: see {@link LayerRule}.
 */
public final class LayerBiasRule implements Rule {
  @Override
  public String name() {
    return "addition";
  }

  @Override
  public void propagate(Node node, Backward backward) {
    if (!backward.isBias(node)) {
      new AdditionRule().propagate(node, backward);
      return;
    }
    Value gradient = backward.gradient(node);
    backward.toInput(node, backward.isActive(node, 0) ? 0 : 1, gradient);
  }
}
