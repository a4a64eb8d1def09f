package io.sparklrp.relevance.rule;

import io.sparklrp.graph.Node;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Value;

/**
 * RMSNorm y = gamma x / rms over the last axis, with 1 / rms a constant or with its gradient.
 *
 * <p>Constant (Ali et al. 2022, section 4.2, without the mean): gamma G / rms. Gradient: the same,
 * less n mean(gamma G n) / rms, where n = x / rms.
 */
public final class RmsNormRule implements Rule {
  private static final int GAMMA = 1;
  private static final int INVERSE_RMS = 1;

  private final boolean constant;

  /** A rule that holds 1 / rms constant, or follows its gradient. */
  public RmsNormRule(boolean constant) {
    this.constant = constant;
  }

  @Override
  public String name() {
    return constant ? "normalising factor constant" : "normalisation: gradient";
  }

  @Override
  public void propagate(Node node, Backward backward) {
    Ops ops = backward.ops(node);
    Value inverse = backward.optionalOutput(node, INVERSE_RMS);
    Value scaled = ops.mul("scaled", backward.gradient(node), backward.input(node, GAMMA));
    Value direct =
        constant ? scaled : ops.sub("turned", scaled, throughRms(node, backward, scaled));
    backward.toInput(node, 0, ops.mul("normalised", direct, inverse));
  }

  private static Value throughRms(Node node, Backward backward, Value scaled) {
    Ops ops = backward.ops(node).in("rms");
    Value inverse = backward.optionalOutput(node, INVERSE_RMS);
    Value unit = ops.mul("unit", backward.input(node, 0), inverse);
    Value projection = ops.reduceMean("projection", ops.mul("along", scaled, unit), true, -1);
    return ops.mul("part", unit, projection);
  }
}
