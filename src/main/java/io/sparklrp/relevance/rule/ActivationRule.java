package io.sparklrp.relevance.rule;

import io.sparklrp.graph.Node;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Value;
import io.sparklrp.relevance.rule.activation.ActivationFunction;
import io.sparklrp.relevance.rule.activation.ActivationFunctions;

/**
 * An activation function f, by its derivative f'(x) or by the identity rule's ratio (f(x) - f(0)) /
 * x, which makes it linear in x once the ratio is held constant; f(0) is booked (Ali et al. 2022;
 * Achtibat et al. 2024, equation 9).
 */
public final class ActivationRule implements Rule {
  private final boolean identity;

  /** A rule that uses the ratio (identity rule), or the derivative. */
  public ActivationRule(boolean identity) {
    this.identity = identity;
  }

  @Override
  public String name() {
    return identity ? "activation: (f(x) - f(0)) / x" : "activation: derivative";
  }

  @Override
  public void propagate(Node node, Backward backward) {
    ActivationFunction function = ActivationFunctions.of(node);
    Ops ops = backward.ops(node);
    Value x = backward.input(node, 0);
    Value y = backward.output(node);
    Value factor =
        identity ? function.ratio(ops, node, x, y) : function.derivative(ops, node, x, y);
    if (identity && function.isInputTimesRatio()) {
      backward.shareFactor(node, factor);
    }
    if (identity && function.atZero() != 0f) {
      backward.constant(node, ops.scalar(function.atZero()), backward.gradient(node));
    }
    backward.toInput(node, 0, ops.mul("activated", backward.gradient(node), factor));
  }
}
