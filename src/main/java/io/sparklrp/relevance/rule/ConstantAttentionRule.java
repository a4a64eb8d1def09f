package io.sparklrp.relevance.rule;

import io.sparklrp.graph.Node;

/**
 * P V with the attention weights P a constant: all relevance goes through V (Ali et al. 2022,
 * section 4.1).
 */
public final class ConstantAttentionRule implements Rule {
  @Override
  public void propagate(Node node, Backward backward) {
    backward.toInput(node, 1, new MatrixGradients(node, backward).second(1f));
  }
}
