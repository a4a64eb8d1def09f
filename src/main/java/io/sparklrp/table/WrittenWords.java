package io.sparklrp.table;

import io.sparklrp.attribution.TokenRelevance;
import io.sparklrp.attribution.WordRelevance;
import io.sparklrp.attribution.Words;
import java.util.List;
import java.util.Optional;

/** Whether a row's words are those of its tokens. */
final class WrittenWords {
  private WrittenWords() {}

  /**
   * How far they are from it, over the sum of all |R|; infinite where there are others.
   *
   * @param texts the record's, by segment; empty where they are not known: then only sums are
   *     compared
   */
  static double off(OutputRow row, Optional<List<String>> texts) {
    double scale = Math.max(1, LedgerScale.ofTokens(row.tokens()));
    if (texts.isEmpty()) {
      return Math.abs(sum(row.words()) - inWords(row.tokens())) / scale;
    }
    // Whether words are the tokenizer's own, the row does not say.
    double own = off(row.words(), Words.of(row.tokens(), texts.get(), true));
    return Math.min(own, off(row.words(), Words.of(row.tokens(), texts.get(), false))) / scale;
  }

  private static double off(List<WordRelevance> written, List<WordRelevance> made) {
    if (written.size() != made.size()) {
      return Double.POSITIVE_INFINITY;
    }
    double largest = 0;
    for (int i = 0; i < made.size(); i++) {
      WordRelevance a = written.get(i);
      WordRelevance b = made.get(i);
      boolean isSame =
          a.word().equals(b.word())
              && a.start() == b.start()
              && a.end() == b.end()
              && a.segment() == b.segment();
      double difference = Math.abs(a.relevance() - (double) b.relevance());
      largest = isSame ? Math.max(largest, difference) : Double.POSITIVE_INFINITY;
    }
    return largest;
  }

  private static double sum(List<WordRelevance> words) {
    return words.stream().mapToDouble(WordRelevance::relevance).sum();
  }

  private static double inWords(List<TokenRelevance> tokens) {
    return tokens.stream()
        .filter(token -> !token.special() && token.word() != null && token.start() != null)
        .mapToDouble(TokenRelevance::relevance)
        .sum();
  }
}
