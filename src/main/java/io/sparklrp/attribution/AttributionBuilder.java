package io.sparklrp.attribution;

import io.sparklrp.runtime.EncodedText;
import io.sparklrp.runtime.RecordRelevance;
import java.util.ArrayList;
import java.util.List;

/** Makes what comes out for a record from its tokens and what the engine found. */
public final class AttributionBuilder {
  /** Stands for "no other output". */
  public static final int NONE = -1;

  private final List<String> labels;
  private final Probability probability;
  private final List<String> ledgerEntries;

  /**
   * A builder for one model.
   *
   * @param labels names of the outputs
   * @param probability how logits become probabilities
   * @param ledgerEntries names of the ledger's columns
   */
  public AttributionBuilder(
      List<String> labels, Probability probability, List<String> ledgerEntries) {
    this.labels = List.copyOf(labels);
    this.probability = probability;
    this.ledgerEntries = List.copyOf(ledgerEntries);
  }

  /**
   * A record's attribution.
   *
   * @param text the first text
   * @param pair the second, or null
   * @param index the explained output
   * @param against the output it was compared with, or {@link #NONE}
   */
  public Attribution build(
      String text,
      String pair,
      EncodedText encoded,
      RecordRelevance found,
      int index,
      int against) {
    List<TokenRelevance> tokens = tokens(encoded, found);
    double sum = tokens.stream().mapToDouble(TokenRelevance::relevance).sum();
    LedgerAmounts ledger = LedgerAmounts.of(found.score(), sum, ledgerEntries, found::ledger);
    return new Attribution(
        prediction(found),
        target(found, index, against),
        tokens,
        Words.of(tokens, text, pair),
        ledger,
        encoded.isTruncated());
  }

  private Prediction prediction(RecordRelevance found) {
    float[] logits = found.logits();
    int index = found.predicted();
    float[] written = logits.length > Prediction.MOST_LOGITS ? null : logits;
    return new Prediction(index, labels.get(index), probability.of(logits, index), written);
  }

  private ExplainedTarget target(RecordRelevance found, int index, int against) {
    return against == NONE
        ? new ExplainedTarget(index, labels.get(index), null, null, found.score())
        : new ExplainedTarget(
            index, labels.get(index), against, labels.get(against), found.score());
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
