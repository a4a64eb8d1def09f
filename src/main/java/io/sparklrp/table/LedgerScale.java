package io.sparklrp.table;

import io.sparklrp.attribution.LedgerAmounts;
import io.sparklrp.attribution.TokenRelevance;
import java.util.Collection;
import java.util.List;

/**
 * What a ledger's rounding is measured by: max(1, |y|, sum|R_t| + |R_position| + |R_segment| +
 * sum|R_bias|), as {@link LedgerCheck} has it in SQL.
 */
public final class LedgerScale {
  private LedgerScale() {}

  static double of(OutputRow row) {
    return of(row.target().score(), ofTokens(row.tokens()), row.ledger());
  }

  /**
   * Of a record.
   *
   * @param score the explained score y
   * @param tokens the sum of all tokens' |R|
   * @param ledger where the score went
   */
  public static double of(double score, double tokens, LedgerAmounts ledger) {
    double bias =
        ledger.biasByLayer() == null ? Math.abs(ledger.bias()) : sum(ledger.biasByLayer().values());
    double parts = tokens + Math.abs(ledger.position()) + Math.abs(ledger.segment()) + bias;
    return Math.max(1, Math.max(Math.abs(score), parts));
  }

  /** The sum of all tokens' |R|. */
  static double ofTokens(List<TokenRelevance> tokens) {
    return tokens.stream().mapToDouble(token -> Math.abs(token.relevance())).sum();
  }

  private static double sum(Collection<Double> amounts) {
    return amounts.stream().mapToDouble(Math::abs).sum();
  }
}
