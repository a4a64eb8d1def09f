package io.sparklrp.table;

import io.sparklrp.attribution.LedgerAmounts;
import io.sparklrp.attribution.TokenRelevance;
import java.util.Collection;
import java.util.List;

/**
 * What a ledger's rounding is measured by: max(1, |y|, sum|R_t| + |R_position| + |R_segment| +
 * sum|R_bias|), as {@link LedgerCheck} has it in SQL.
 */
final class LedgerScale {
  private LedgerScale() {}

  static double of(OutputRow row) {
    LedgerAmounts ledger = row.ledger();
    double bias =
        ledger.biasByLayer() == null ? Math.abs(ledger.bias()) : sum(ledger.biasByLayer().values());
    double parts =
        ofTokens(row.tokens()) + Math.abs(ledger.position()) + Math.abs(ledger.segment()) + bias;
    return Math.max(1, Math.max(Math.abs(row.target().score()), parts));
  }

  /** The sum of all tokens' |R|. */
  static double ofTokens(List<TokenRelevance> tokens) {
    return tokens.stream().mapToDouble(token -> Math.abs(token.relevance())).sum();
  }

  private static double sum(Collection<Double> amounts) {
    return amounts.stream().mapToDouble(Math::abs).sum();
  }
}
