package io.sparklrp.attribution;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A text in pieces, from the first to the last: words with their relevance, and what is between
 * them.
 *
 * @param pieces together they are the text
 */
public record MarkedText(List<Piece> pieces) {
  /**
   * A piece of a text.
   *
   * @param text as it is written there
   * @param relevance in units of the score; null between words
   */
  public record Piece(String text, Float relevance) {
    /** Whether it is a word. */
    public boolean isWord() {
      return relevance != null;
    }
  }

  /** Copies. */
  public MarkedText {
    pieces = List.copyOf(pieces);
  }

  /**
   * A text and its words. One that begins before the end of another is not marked.
   *
   * @param words in the order of the text, all of which lie within it
   */
  public static MarkedText of(String text, List<WordRelevance> words) {
    List<Piece> pieces = new ArrayList<>();
    SourceText source = new SourceText(text);
    int at = 0;
    for (WordRelevance word : words) {
      if (word.start() >= at) {
        add(pieces, source.cut(at, word.start()));
        pieces.add(new Piece(source.cut(word.start(), word.end()), word.relevance()));
        at = word.end();
      }
    }
    add(pieces, source.cut(at, text.codePointCount(0, text.length())));
    return new MarkedText(pieces);
  }

  private static void add(List<Piece> pieces, String between) {
    if (!between.isEmpty()) {
      pieces.add(new Piece(between, null));
    }
  }

  /** Words alone, with a blank between each two. */
  public static MarkedText ofWords(List<WordRelevance> words) {
    List<Piece> pieces = new ArrayList<>();
    for (WordRelevance word : words) {
      add(pieces, pieces.isEmpty() ? "" : " ");
      pieces.add(new Piece(word.word(), word.relevance()));
    }
    return new MarkedText(pieces);
  }

  /** The largest magnitude of a word's relevance; 0 where there are none. */
  public double largest() {
    return pieces.stream()
        .map(Piece::relevance)
        .filter(Objects::nonNull)
        .mapToDouble(Math::abs)
        .max()
        .orElse(0);
  }
}
