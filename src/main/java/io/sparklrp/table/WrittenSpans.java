package io.sparklrp.table;

import io.sparklrp.attribution.TokenRelevance;
import java.util.List;
import java.util.Optional;

/** Whether tokens lie in their texts. */
final class WrittenSpans {
  private WrittenSpans() {}

  /**
   * How many do not.
   *
   * @param texts the record's, by segment; empty where they are not known
   */
  static long outside(List<TokenRelevance> tokens, Optional<List<String>> texts) {
    int[] lengths =
        texts.orElse(List.of()).stream()
            .mapToInt(text -> text.codePointCount(0, text.length()))
            .toArray();
    return tokens.stream().filter(token -> isOutside(token, texts.isPresent(), lengths)).count();
  }

  private static boolean isOutside(TokenRelevance token, boolean areKnown, int... lengths) {
    if (token.start() == null || token.end() == null) {
      return (token.start() == null) != (token.end() == null);
    }
    boolean isSpan = 0 <= token.start() && token.start() <= token.end();
    if (!isSpan || !areKnown) {
      return !isSpan;
    }
    Integer segment = token.segment();
    return segment == null
        || segment < 0
        || segment >= lengths.length
        || token.end() > lengths[segment];
  }
}
