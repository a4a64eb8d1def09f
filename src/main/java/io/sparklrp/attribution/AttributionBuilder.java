package io.sparklrp.attribution;

import io.sparklrp.record.EncodedText;
import io.sparklrp.record.RecordRelevance;
import io.sparklrp.record.RecordTargets;
import java.util.ArrayList;
import java.util.List;

/** Makes what comes out for a record from its tokens and what the engine found. */
public final class AttributionBuilder {
  private final OutputReading outputs;
  private final List<String> ledgerEntries;

  /**
   * A builder for one model.
   *
   * @param outputs puts the model's outputs into words
   * @param ledgerEntries names of the ledger's columns
   */
  public AttributionBuilder(OutputReading outputs, List<String> ledgerEntries) {
    this.outputs = outputs;
    this.ledgerEntries = List.copyOf(ledgerEntries);
  }

  /**
   * The attribution of a target of a record.
   *
   * @param text the first text
   * @param pair the second, or null
   * @param asked what was asked of the record
   */
  public Attribution build(
      String text, String pair, EncodedText encoded, RecordRelevance found, RecordTargets asked) {
    List<TokenRelevance> tokens = tokens(encoded, found);
    double sum = tokens.stream().mapToDouble(TokenRelevance::relevance).sum();
    LedgerAmounts ledger = LedgerAmounts.of(found.score(), sum, ledgerEntries, found::ledger);
    return new Attribution(
        outputs.prediction(found, asked),
        outputs.target(found, asked),
        tokens,
        Words.of(tokens, text, pair, encoded.hasOwnWords()),
        ledger,
        encoded.isTruncated());
  }

  private static List<TokenRelevance> tokens(EncodedText text, RecordRelevance found) {
    List<TokenRelevance> tokens = new ArrayList<>(text.length());
    for (int i = 0; i < text.length(); i++) {
      tokens.add(
          new TokenRelevance(
              text.token(i),
              (int) text.id(i),
              some(text.start(i)),
              some(text.end(i)),
              some(text.word(i)),
              some(text.segment(i)),
              text.isSpecial(i),
              found.relevance(i)));
    }
    return tokens;
  }

  private static Integer some(int value) {
    return value == EncodedText.NONE ? null : value;
  }
}
