package io.sparklrp.relevance.rule;

import io.sparklrp.graph.Node;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Value;

/**
 * LayerNorm y = gamma (x - mean) / sd + beta over the last axis, with 1 / sd a constant or with its
 * gradient.
 *
 * <p>Constant (Ali et al. 2022, section 4.2, "LN-rule"): C(gamma G) / sd, where C takes the mean
 * off. Gradient: the same, less n mean(gamma G n) / sd, where n is the normalised x. beta is booked
 * with G.
 */
public final class LayerNormRule implements Rule {
  private static final int GAMMA = 1;
  private static final int BETA = 2;
  private static final int INVERSE_DEVIATION = 2;

  private final boolean constant;

  /** A rule that holds 1 / sd constant, or follows its gradient. */
  public LayerNormRule(boolean constant) {
    this.constant = constant;
  }

  @Override
  public String name() {
    return constant ? "normalising factor constant" : "normalisation: gradient";
  }

  @Override
  public void propagate(Node node, Backward backward) {
    Ops ops = backward.ops(node);
    Value gradient = backward.gradient(node);
    if (node.hasInput(BETA)) {
      backward.constant(node, BETA, gradient);
    }
    Value inverse = backward.optionalOutput(node, INVERSE_DEVIATION);
    Value scaled = ops.mul("scaled", gradient, backward.input(node, GAMMA));
    Value centred = centred(ops, scaled);
    Value direct =
        constant ? centred : ops.sub("turned", centred, throughDeviation(node, backward, scaled));
    backward.toInput(node, 0, ops.mul("normalised", direct, inverse));
  }

  private static Value centred(Ops ops, Value scaled) {
    return ops.sub("centred", scaled, ops.reduceMean("mean", scaled, true, -1));
  }

  private static Value throughDeviation(Node node, Backward backward, Value scaled) {
    Ops ops = backward.ops(node).in("deviation");
    Value input = backward.input(node, 0);
    Value inverse = backward.optionalOutput(node, INVERSE_DEVIATION);
    Value unit = ops.mul("unit", centred(ops, input), inverse);
    Value projection = ops.reduceMean("projection", ops.mul("along", scaled, unit), true, -1);
    return ops.mul("part", unit, projection);
  }
}
