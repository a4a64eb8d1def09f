package io.sparklrp.compile;

import io.sparklrp.engine.TextTokenizer;
import io.sparklrp.engine.TokenizerSettings;
import io.sparklrp.error.UserException;
import io.sparklrp.model.Task;

/** How long a model's records can be, and how they can be cut. */
public final class RecordLengths {
  /** Attention takes memory by the square of the length: longer records have to be asked for. */
  private static final int LONGEST_UNASKED = 2048;

  private final ModelSource source;
  private final int vocabularyRows;

  RecordLengths(ModelSource source, int vocabularyRows) {
    this.source = source;
    this.vocabularyRows = vocabularyRows;
  }

  /** Most tokens of a record that the model can take. */
  public int longest() {
    return source.pass().longest();
  }

  /** The longest length to use: the wish, where there is one, if the model can take it. */
  public int maxLength(Integer wish) {
    if (source.tokenizer().isEmpty()) {
      return 0;
    }
    if (wish != null && (wish < 3 || wish > longest())) {
      throw new UserException(
          String.format(
              "Cannot use --max-length %d: the model takes 3 to %d tokens. Give a number between.",
              wish, longest()));
    }
    return wish == null ? Math.min(Math.min(longest(), LONGEST_UNASKED), said()) : wish;
  }

  /** What the model's files say: sentence-transformers goes before the tokenizer. */
  private int said() {
    return source
        .modules()
        .maxLength()
        .orElseGet(() -> source.tokenizer().orElseThrow().maxLength().orElse(Integer.MAX_VALUE));
  }

  /** Checks that a record's special tokens leave room for text. */
  public void checkLength(int maxLength, boolean isPair) {
    if (!source.tokenizer().isEmpty() && maxLength <= specialTokens(maxLength, isPair)) {
      throw new UserException(
          String.format(
              "Cannot cut texts to %d tokens: the model adds %d tokens of its own. Give a larger --max-length.",
              maxLength, specialTokens(maxLength, isPair)));
    }
  }

  /**
   * Checks that texts can be cut into windows that share tokens.
   *
   * @param stride tokens that consecutive windows share
   * @param maxLength most tokens of a window
   * @param isPair whether there are second texts
   * @throws UserException if they cannot
   */
  public void checkStride(int stride, int maxLength, boolean isPair) {
    if (!DocumentRules.exist(source.pass().task())) {
      throw new UserException(
          "Cannot use --stride: long documents are for models that classify texts or tokens, or answer"
              + " questions, and this one does not. Leave it out.");
    }
    if (isPair && source.pass().task() != Task.QUESTION_ANSWERING) {
      throw new UserException(
          "Cannot use --stride with --text-pair-column: only for models that answer questions is it defined"
              + " which of two texts is cut. Leave one of the two options out.");
    }
    int room = maxLength - specialTokens(maxLength, isPair);
    if (stride < 0 || stride >= room) {
      throw new UserException(
          String.format(
              "Cannot use --stride %d: a window has %d tokens of text. Give a number from 0 to %d.",
              stride, room, room - 1));
    }
  }

  private int specialTokens(int maxLength, boolean isPair) {
    byte[] json = source.tokenizer().orElseThrow().bytes();
    TokenizerSettings settings = new TokenizerSettings(json, maxLength, vocabularyRows);
    try (TextTokenizer tokenizer = new TextTokenizer(settings)) {
      return tokenizer.specialTokens(isPair);
    }
  }
}
