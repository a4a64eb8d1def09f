package io.sparklrp.relevance.rule;

import io.sparklrp.graph.Node;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Value;

/**
 * {@code a * b} of two activations with one of them a constant, such as the gate of a gated MLP:
 * all relevance goes through the other factor (Ali et al. 2022, section 4, for attention heads; for
 * gates our reading, see the methods table).
 */
public final class ConstantFactorRule implements Rule {
  private final int constant;

  /** A rule that holds the input of that index constant. */
  public ConstantFactorRule(int constant) {
    this.constant = constant;
  }

  @Override
  public String name() {
    return "gate constant";
  }

  @Override
  public void propagate(Node node, Backward backward) {
    Ops ops = backward.ops(node);
    Value factor = backward.input(node, constant);
    backward.toInput(node, 1 - constant, ops.mul("gated", backward.gradient(node), factor));
  }
}
