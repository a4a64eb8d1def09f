package io.sparklrp.attribution;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Adds tokens up to words: those with the same word number in the same text. */
final class Words {
  private record Key(int segment, int word) {}

  /** A word so far. */
  private static final class Sum {
    private int start = Integer.MAX_VALUE;
    private int end;
    private double relevance;

    void add(TokenRelevance token) {
      start = Math.min(start, token.start());
      end = Math.max(end, token.end());
      relevance += token.relevance();
    }
  }

  private Words() {}

  /**
   * The words of a record.
   *
   * @param pair the second text, or null
   */
  static List<WordRelevance> of(List<TokenRelevance> tokens, String text, String pair) {
    Map<Key, Sum> sums = new LinkedHashMap<>();
    for (TokenRelevance token : tokens) {
      if (!token.special() && token.word() != null && token.start() != null) {
        sums.computeIfAbsent(new Key(token.segment(), token.word()), key -> new Sum()).add(token);
      }
    }
    SourceText[] sources = {
      text == null ? null : new SourceText(text), pair == null ? null : new SourceText(pair)
    };
    List<WordRelevance> words = new ArrayList<>(sums.size());
    sums.forEach(
        (key, sum) -> {
          String word = sources[key.segment].cut(sum.start, sum.end);
          words.add(
              new WordRelevance(word, sum.start, sum.end, key.segment, (float) sum.relevance));
        });
    return words;
  }
}
