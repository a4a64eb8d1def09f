package io.sparklrp.attribution;

import io.sparklrp.record.EncodedRecord;
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
   * @param asked what was asked of the record
   * @param isTruncated whether a part of the record was cut off
   */
  public Attribution build(
      EncodedRecord encoded, RecordRelevance found, RecordTargets asked, boolean isTruncated) {
    List<TokenRelevance> tokens = tokens(encoded, found);
    double sum = tokens.stream().mapToDouble(TokenRelevance::relevance).sum();
    LedgerAmounts ledger = LedgerAmounts.of(found.score(), sum, ledgerEntries, found::ledger);
    return new Attribution(
        outputs.prediction(found, asked),
        outputs.target(found, asked),
        tokens,
        Words.of(tokens, encoded.texts(), encoded.hasOwnWords()),
        ledger,
        isTruncated);
  }

  private static List<TokenRelevance> tokens(EncodedRecord record, RecordRelevance found) {
    List<TokenRelevance> tokens = new ArrayList<>(record.length());
    for (int i = 0; i < record.length(); i++) {
      int token = i;
      tokens.add(
          new TokenRelevance(
              record.token(i),
              (int) record.id(i),
              some(record.start(i)),
              some(record.end(i)),
              some(record.word(i)),
              some(record.segment(i)),
              record.isSpecial(i),
              found.relevance(i),
              found.bias().map(bias -> bias[token]).orElse(null)));
    }
    return tokens;
  }

  private static Integer some(int value) {
    return value == EncodedRecord.NONE ? null : value;
  }
}
