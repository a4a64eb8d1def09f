package io.sparklrp.attribution;

import io.sparklrp.record.WordRuns;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Adds tokens up to words: those with the same word number in the same text. */
public final class Words {
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
   * @param texts of the record, by segment
   * @param areOwn whether words are the tokenizer's; otherwise blanks around them are cut off
   */
  public static List<WordRelevance> of(
      List<TokenRelevance> tokens, List<String> texts, boolean areOwn) {
    Map<Key, Sum> sums = new LinkedHashMap<>();
    for (TokenRelevance token : tokens) {
      if (!token.special() && token.word() != null && token.start() != null) {
        sums.computeIfAbsent(new Key(token.segment(), token.word()), key -> new Sum()).add(token);
      }
    }
    List<SourceText> sources = texts.stream().map(SourceText::new).toList();
    List<WordRelevance> words = new ArrayList<>(sums.size());
    sums.forEach(
        (key, sum) -> {
          WordRelevance word = word(sources.get(key.segment), key.segment, sum);
          words.add(areOwn ? word : stripped(word));
        });
    return words;
  }

  private static WordRelevance word(SourceText source, int segment, Sum sum) {
    String word = source.cut(sum.start, sum.end);
    return new WordRelevance(word, sum.start, sum.end, segment, (float) sum.relevance);
  }

  /** The word without the blanks around it, unless it has nothing else. */
  private static WordRelevance stripped(WordRelevance word) {
    int[] points = word.word().codePoints().toArray();
    int from = 0;
    int to = points.length;
    while (from < to && WordRuns.isBlank(points[from])) {
      from++;
    }
    while (to > from && WordRuns.isBlank(points[to - 1])) {
      to--;
    }
    return from == to
        ? word
        : new WordRelevance(
            new String(points, from, to - from),
            word.start() + from,
            word.start() + to,
            word.segment(),
            word.relevance());
  }
}
