package io.sparklrp.attribution;

import java.util.List;

/**
 * What comes out for one record that was explained.
 *
 * @param prediction what the model said
 * @param target what was explained
 * @param tokens relevance by token
 * @param words relevance by word
 * @param ledger where the whole score went
 * @param truncated whether text was cut
 */
public record Attribution(
    Prediction prediction,
    ExplainedTarget target,
    List<TokenRelevance> tokens,
    List<WordRelevance> words,
    LedgerAmounts ledger,
    boolean truncated)
    implements Result {
  /** Copies. */
  public Attribution {
    tokens = List.copyOf(tokens);
    words = List.copyOf(words);
  }
}
