package io.sparklrp.engine;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import io.sparklrp.error.RecordException;
import io.sparklrp.error.UserException;
import io.sparklrp.record.EncodedText;
import io.sparklrp.record.WordRuns;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A Hugging Face tokenizer from the content of its file. Padding and truncation that the file asks
 * for are replaced by ours, but for the side that is cut. Thread-safe.
 */
public final class TextTokenizer implements AutoCloseable {
  /** Longer texts are refused: tokenising them takes minutes and gigabytes. In UTF-16 units. */
  public static final int LONGEST_TEXT = 10_000_000;

  /** Each is of two words, in characters that most vocabularies have. */
  private static final List<String> PROBES = List.of("a b", "e t", "A B", "1 2", ". .", "the cat");

  private final HuggingFaceTokenizer tokenizer;
  private final TokenizerSettings settings;
  private final boolean hasWords;

  /**
   * Loads a tokenizer.
   *
   * @throws UserException if the file's content is none
   */
  public TextTokenizer(TokenizerSettings settings) {
    DjlEngine.configure();
    this.settings = settings;
    String length = Integer.toString(settings.maxLength());
    Map<String, String> options =
        Map.of(
            "padding",
            "false",
            "truncation",
            settings.hasWindows() ? "do_not_truncate" : "true",
            "maxLength",
            length,
            "modelMaxLength",
            length,
            "stride",
            "0",
            "addSpecialTokens",
            "true");
    try {
      this.tokenizer =
          HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(settings.json()), options);
    } catch (IOException | RuntimeException e) {
      throw new UserException(
          "Cannot load tokenizer.json: "
              + firstLine(e)
              + ". Save the tokenizer again with the tokenizers library.",
          e);
    }
    this.hasWords = hasWords();
  }

  /** Whether it tells words apart at a blank: Llama's and others read a whole text as one. */
  private boolean hasWords() {
    for (String text : PROBES) {
      try {
        Encoding encoding = tokenizer.encode(text, false, false);
        CharSpan[] spans = encoding.getCharTokenSpans();
        int last = spans.length - 1;
        if (last > 0 && spans[0].getEnd() < spans[last].getEnd() && spans[0].getEnd() > 0) {
          return encoding.getWordIds()[0] != encoding.getWordIds()[last];
        }
      } catch (RuntimeException e) {
        // The vocabulary has no token for the text, nor for what is unknown.
      }
    }
    return true;
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("it is no tokenizer");
  }

  /**
   * Tokenises a text: as far as the longest length, or whole where texts are cut into windows.
   *
   * @param text the text
   * @param pair the second text, or null
   * @throws RecordException if the text is too long, has no token at all, or a token has no row in
   *     the model's embeddings
   */
  public EncodedText encode(String text, String pair) throws RecordException {
    checkLength(text);
    if (pair != null) {
      checkLength(pair);
    }
    Encoding encoding =
        run(
            () ->
                pair == null
                    ? tokenizer.encode(wellFormed(text))
                    : tokenizer.encode(wellFormed(text), wellFormed(pair)));
    checkIds(encoding.getIds());
    EncodedText encoded = encoded(encoding);
    EncodedText known = encoded.of(pair == null ? List.of(text) : List.of(text, pair));
    return hasWords ? known : known.withRuns(WordRuns.of(known, text, pair));
  }

  /** What the tokenizer throws may have the text in it, and is not passed on. */
  private static Encoding run(Supplier<Encoding> encoder) throws RecordException {
    try {
      return encoder.get();
    } catch (RuntimeException e) {
      boolean isUnknown = String.valueOf(e.getMessage()).contains("[UNK]");
      throw new RecordException(
          "tokenizer",
          isUnknown
              ? "The tokenizer has no token for a part of the text, and none for what is unknown."
              : "The tokenizer cannot make tokens of the text.");
    }
  }

  private static void checkLength(String text) throws RecordException {
    if (text.length() > LONGEST_TEXT) {
      throw new RecordException(
          "text-too-long",
          "Cannot explain a text of "
              + text.length()
              + " characters: the limit is "
              + LONGEST_TEXT
              + ".");
    }
  }

  /** Lone surrogates, which no encoding can hold, become U+FFFD: as many code points as before. */
  static String wellFormed(String text) {
    StringBuilder mended = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        mended = mended == null ? new StringBuilder(text) : mended;
        mended.setCharAt(i, '\uFFFD');
      }
    }
    return mended == null ? text : mended.toString();
  }

  private void checkIds(long[] ids) throws RecordException {
    if (ids.length == 0) {
      throw new RecordException(
          "no-tokens", "The tokenizer finds no token in the text and adds none.");
    }
    for (long id : ids) {
      if (id < 0 || id >= settings.vocabularyRows()) {
        throw new RecordException(
            "token-id",
            String.format(
                "Token id %d is beyond the embedding's %d rows.", id, settings.vocabularyRows()));
      }
    }
  }

  private EncodedText encoded(Encoding encoding) {
    int length = encoding.getIds().length;
    boolean[] special = new boolean[length];
    int[] starts = new int[length];
    int[] ends = new int[length];
    int[] words = new int[length];
    int[] segments = new int[length];
    for (int i = 0; i < length; i++) {
      special[i] = encoding.getSpecialTokenMask()[i] == 1;
      CharSpan span = special[i] ? null : encoding.getCharTokenSpans()[i];
      starts[i] = span == null ? EncodedText.NONE : span.getStart();
      ends[i] = span == null ? EncodedText.NONE : span.getEnd();
      words[i] = special[i] ? EncodedText.NONE : (int) encoding.getWordIds()[i];
      segments[i] = special[i] ? EncodedText.NONE : (int) encoding.getSequenceIds()[i];
    }
    String[] tokens = Arrays.copyOf(encoding.getTokens(), length);
    return new EncodedText(
        encoding.getIds(),
        settings.givesTypes() ? encoding.getTypeIds() : new long[length],
        tokens,
        starts,
        ends,
        words,
        segments,
        special,
        encoding.exceedMaxLength());
  }

  /** How it was made. */
  public TokenizerSettings settings() {
    return settings;
  }

  /** Number of special tokens that are added to a text, or to a pair of texts. */
  public int specialTokens(boolean isPair) {
    return (isPair ? tokenizer.encode("", "") : tokenizer.encode("")).getIds().length;
  }

  /** The text of tokens, special ones included. */
  public String decode(long[] ids) {
    return tokenizer.decode(ids, false);
  }

  /**
   * The id of the one token that a text is.
   *
   * @throws RecordException if the text is no or more than one token
   */
  public int idOfOne(String text) throws RecordException {
    String label = text == null ? "" : wellFormed(text);
    long[] ids = run(() -> tokenizer.encode(label, false, false)).getIds();
    if (ids.length != 1) {
      throw new RecordException(
          "unknown-target", "The record's target is not one token of the vocabulary.");
    }
    return (int) ids[0];
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
