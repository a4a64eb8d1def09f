package io.sparklrp.relevance.rule;

import io.sparklrp.graph.Node;

/**
 * P V with the attention weights P a constant: all relevance goes through V (Ali et al. 2022,
 * section 4.1).
 */
public final class ConstantAttentionRule implements Rule {
  private final int values;

  /** A rule for products whose factor of that index is V, 1 in P V and 0 in V' P'. */
  public ConstantAttentionRule(int values) {
    this.values = values;
  }

  @Override
  public void propagate(Node node, Backward backward) {
    backward.toInput(node, values, new MatrixGradients(node, backward).of(values, 1f));
  }
}
