package io.sparklrp.relevance.rule;

import io.sparklrp.graph.Node;

/**
 * A node whose output is treated as a constant: nothing flows through it (Ali et al. 2022, section
 * 4).
 */
public final class ConstantRule implements Rule {
  @Override
  public void propagate(Node node, Backward backward) {
    // Nothing is sent: that is the rule.
  }
}
