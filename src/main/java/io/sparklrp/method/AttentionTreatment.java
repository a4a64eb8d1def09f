package io.sparklrp.method;

import io.sparklrp.relevance.NodeKind;
import io.sparklrp.relevance.rule.ConstantAttentionRule;
import io.sparklrp.relevance.rule.ConstantRule;
import io.sparklrp.relevance.rule.HeldSoftmaxRule;
import io.sparklrp.relevance.rule.MatrixProductRule;
import io.sparklrp.relevance.rule.Rule;
import io.sparklrp.relevance.rule.SoftmaxGradientRule;
import io.sparklrp.relevance.rule.StayingAttentionRule;
import io.sparklrp.relevance.rule.TemperedSoftmaxRule;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;

/** What methods do with P = softmax(QK') and PV. */
final class AttentionTreatment {
  /** As the gradient has it. */
  static final Treatment GRADIENT = products("gradient", 1f, new SoftmaxGradientRule());

  /** P is a constant (Ali et al. 2022, "AH"). */
  static final Treatment CONSTANT = held("weights constant", ConstantAttentionRule::new);

  /** P is a constant, and half of each product stays with the token attended to. */
  static final Treatment STAYING =
      staying(
          "weights constant; of the value's relevance one half flows on, one half stays with the"
              + " token that is attended to",
          0.5f,
          0.5f,
          0f);

  /** Both factors of a product share its relevance (Achtibat et al. 2024). */
  static final Treatment SHARED =
      products(
          "relevance shared by both factors, gradient through the softmax",
          0.5f,
          new SoftmaxGradientRule());

  /**
   * The same through a softmax at temperature 2 (Edin et al. 2025): V gets 1/2 of its gradient, Q
   * and K get 1/4 of theirs.
   */
  static final Treatment TEMPERED =
      products(
          "gradient shared by both factors, through a softmax at temperature 2",
          0.5f,
          new TemperedSoftmaxRule(2f));

  private AttentionTreatment() {}

  /**
   * P is a constant, and a part of each product stays with the token attended to.
   *
   * @param first the part in the first layer
   * @param last that in the last
   * @param queries the part of it that stays with the token that attends
   */
  static Treatment staying(float first, float last, float queries) {
    String words =
        String.format(
            Locale.ROOT,
            "weights constant; of the value's relevance %s stays with the token that is attended to",
            first == last ? first : first + " in the first layer to " + last + " in the last");
    return staying(
        queries == 0
            ? words
            : words
                + String.format(Locale.ROOT, " and, %s of it, with the one that attends", queries),
        first,
        last,
        queries);
  }

  private static Treatment staying(String words, float first, float last, float queries) {
    return held(words, values -> new StayingAttentionRule(values, first, last, queries));
  }

  private static Treatment products(String words, float share, Rule softmax) {
    Rule product = new MatrixProductRule(share);
    return new Treatment(
        words,
        Map.of(
            NodeKind.ATTENTION_WEIGHTS, softmax,
            NodeKind.ATTENTION_SCORES, product,
            NodeKind.ATTENTION_VALUES, product,
            NodeKind.ATTENTION_VALUES_FIRST, product));
  }

  /** The values' rule is made for the index of the input that holds the values. */
  private static Treatment held(String words, IntFunction<Rule> values) {
    return new Treatment(
        words,
        Map.of(
            NodeKind.ATTENTION_WEIGHTS,
            new HeldSoftmaxRule(),
            NodeKind.ATTENTION_SCORES,
            new ConstantRule(),
            NodeKind.ATTENTION_VALUES,
            values.apply(1),
            NodeKind.ATTENTION_VALUES_FIRST,
            values.apply(0)));
  }
}
