package io.sparklrp.record;

import java.util.Arrays;

/**
 * Words for tokenizers that have none of their own, which read a text as one word: runs of tokens
 * up to the next blank of the source text. Blanks belong to the run behind them, and at the end of
 * a text to the one before.
 */
public final class WordRuns {
  private static final int FIRST = 0;

  private final int[] source;
  private int run = EncodedText.NONE;
  private int end;
  private boolean isBlank;

  private WordRuns(String text) {
    this.source = text.codePoints().toArray();
  }

  /**
   * The number of each token's run in its text; {@link EncodedText#NONE} for special tokens.
   *
   * @param pair the second text, or null
   */
  public static int[] of(EncodedText encoded, String text, String pair) {
    WordRuns[] texts = {new WordRuns(text), pair == null ? null : new WordRuns(pair)};
    int[] runs = new int[encoded.length()];
    Arrays.fill(runs, EncodedText.NONE);
    for (int i = 0; i < runs.length; i++) {
      if (!encoded.isSpecial(i) && encoded.start(i) != EncodedText.NONE) {
        runs[i] = texts[encoded.segment(i)].next(encoded.start(i), encoded.end(i));
      }
    }
    for (int i = 0; i < runs.length; i++) {
      runs[i] = runs[i] == EncodedText.NONE ? runs[i] : texts[encoded.segment(i)].last(runs[i]);
    }
    return runs;
  }

  /** Blanks at the end of a text belong to the run before them. */
  private int last(int of) {
    return isBlank && of == run ? Math.max(FIRST, of - 1) : of;
  }

  private int next(int from, int to) {
    boolean isFirst = run == EncodedText.NONE;
    boolean begins =
        isFirst
            || (!isBlank
                && end <= from
                && from < to
                && hasBlank(Math.min(end, from - 1), from + 1));
    run = isFirst ? FIRST : run + (begins ? 1 : 0);
    isBlank = (begins || isBlank) && isBlank(from, to);
    end = Math.max(end, to);
    return run;
  }

  /** Whether there is a blank between two places. */
  private boolean hasBlank(int from, int to) {
    for (int i = Math.max(0, from); i < Math.min(to, source.length); i++) {
      if (isBlank(source[i])) {
        return true;
      }
    }
    return false;
  }

  /** Whether there are blanks alone between two places. */
  private boolean isBlank(int from, int to) {
    for (int i = from; i < Math.min(to, source.length); i++) {
      if (!isBlank(source[i])) {
        return false;
      }
    }
    return true;
  }

  /** Whether a code point is a blank, a line break or the like. */
  public static boolean isBlank(int codePoint) {
    return Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint);
  }
}
