package io.sparklrp.method;

import io.sparklrp.relevance.NodeKind;
import io.sparklrp.relevance.rule.ConstantRule;
import io.sparklrp.relevance.rule.LayerNormRule;
import io.sparklrp.relevance.rule.ProductRule;
import io.sparklrp.relevance.rule.ReciprocalRule;
import io.sparklrp.relevance.rule.RmsNormRule;
import io.sparklrp.relevance.rule.Rule;
import java.util.Map;

/** What methods do with LayerNorm, RMSNorm and the same written out. */
final class NormalisationTreatment {
  /** As the gradient has it. */
  static final Treatment GRADIENT = of("gradient", false, new ReciprocalRule());

  /** What is divided by is a constant (Ali et al. 2022, "LN"). */
  static final Treatment CONSTANT = of("factor constant", true, new ConstantRule());

  private NormalisationTreatment() {}

  private static Treatment of(String words, boolean isHeld, Rule factor) {
    return new Treatment(
        words,
        Map.of(
            NodeKind.NORMALISATION, new LayerNormRule(isHeld),
            NodeKind.RMS_NORMALISATION, new RmsNormRule(isHeld),
            NodeKind.NORMALISING_FACTOR, factor,
            NodeKind.NORMALISED_PRODUCT, new ProductRule(1f)));
  }
}
