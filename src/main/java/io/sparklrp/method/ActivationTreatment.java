package io.sparklrp.method;

import io.sparklrp.relevance.NodeKind;
import io.sparklrp.relevance.rule.ActivationRule;
import io.sparklrp.relevance.rule.ConstantFactorRule;
import io.sparklrp.relevance.rule.HeldSoftmaxRule;
import io.sparklrp.relevance.rule.MatrixProductRule;
import io.sparklrp.relevance.rule.ProductRule;
import io.sparklrp.relevance.rule.Rule;
import io.sparklrp.relevance.rule.SoftmaxGradientRule;
import java.util.Map;

/** What methods do with activations, gates and all other products of two activations. */
final class ActivationTreatment {
  /** As the gradient has it. */
  static final Treatment GRADIENT =
      of("gradient", false, new ProductRule(1f), new ProductRule(1f), new SoftmaxGradientRule());

  /** The identity rule; the relevance of a gated product goes to what is gated. */
  static final Treatment IDENTITY =
      of(
          "f(x)/x",
          true,
          new ConstantFactorRule(0),
          new ConstantFactorRule(1),
          new HeldSoftmaxRule());

  /** The identity rule; both factors of a product share its relevance (Achtibat et al. 2024). */
  static final Treatment SHARED =
      of("f(x)/x", true, new ProductRule(0.5f), new ProductRule(0.5f), new SoftmaxGradientRule());

  private ActivationTreatment() {}

  private static Treatment of(
      String words, boolean isIdentity, Rule gateFirst, Rule gateSecond, Rule softmax) {
    float share = isIdentity ? 0.5f : 1f;
    return new Treatment(
        words,
        Map.of(
            NodeKind.ACTIVATION,
            new ActivationRule(isIdentity),
            NodeKind.MATRIX_PRODUCT,
            new MatrixProductRule(share),
            NodeKind.PRODUCT,
            new ProductRule(share),
            NodeKind.GATE_FIRST,
            gateFirst,
            NodeKind.GATE_SECOND,
            gateSecond,
            NodeKind.SOFTMAX,
            softmax));
  }
}
