package io.sparklrp.attribution;

import java.util.List;
import java.util.Set;

/** Words that a model does not know: its tokenizer puts the same token for all of them. */
public final class UnknownWords {
  /** What stands for them: in WordPiece, and in SentencePiece. */
  private static final Set<String> UNKNOWN = Set.of("[UNK]", "<unk>");

  private UnknownWords() {}

  /**
   * Words that are unknown in whole or in part; each once, in the order of the tokens.
   *
   * @param texts by segment
   * @param words all of which lie within the texts
   * @param tokens of the same texts
   */
  public static List<String> of(
      List<String> texts, List<WordRelevance> words, List<TokenRelevance> tokens) {
    return tokens.stream()
        .filter(token -> token.start() != null && UNKNOWN.contains(token.token()))
        .flatMap(token -> words.stream().filter(word -> holds(word, token)).limit(1))
        .map(word -> new SourceText(texts.get(word.segment())).cut(word.start(), word.end()))
        .filter(word -> !UNKNOWN.contains(word)) // a text may say so itself
        .distinct()
        .toList();
  }

  private static boolean holds(WordRelevance word, TokenRelevance token) {
    return word.segment() == token.segment()
        && word.start() <= token.start()
        && token.end() <= word.end();
  }
}
