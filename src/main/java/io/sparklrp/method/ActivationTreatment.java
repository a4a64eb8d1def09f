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
  static final Treatment GRADIENT = of("gradient", false, 1f, gates(1f), new SoftmaxGradientRule());

  /** The identity rule; the relevance of a gated product goes to what is gated. */
  static final Treatment IDENTITY =
      of(
          "f(x)/x",
          true,
          0.5f,
          new Gates(new ConstantFactorRule(0), new ConstantFactorRule(1)),
          new HeldSoftmaxRule());

  /** The identity rule; both factors of a product share its relevance (Achtibat et al. 2024). */
  static final Treatment SHARED = of("f(x)/x", true, 0.5f, gates(0.5f), new SoftmaxGradientRule());

  /**
   * The identity rule; both factors of a gated product share its relevance (Jafari et al. 2025).
   */
  static final Treatment RELP =
      of("f(x)/x, gated products shared", true, 1f, gates(0.5f), new SoftmaxGradientRule());

  /** The gradient; both factors of a gated product share it (Edin et al. 2025). */
  static final Treatment GATES_SHARED =
      of("gradient, gated products shared", false, 1f, gates(0.5f), new SoftmaxGradientRule());

  private ActivationTreatment() {}

  /** The rules of gated products, by where the gate is. */
  private record Gates(Rule first, Rule second) {}

  private static Gates gates(float share) {
    return new Gates(new ProductRule(share), new ProductRule(share));
  }

  private static Treatment of(
      String words, boolean isIdentity, float share, Gates gates, Rule softmax) {
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
            gates.first(),
            NodeKind.GATE_SECOND,
            gates.second(),
            NodeKind.SOFTMAX,
            softmax));
  }
}
