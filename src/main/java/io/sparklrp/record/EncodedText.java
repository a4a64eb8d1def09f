package io.sparklrp.record;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A text, or a pair of texts, as tokens; or a picture as patches. All arrays have one element for
 * each token.
 */
public final class EncodedText {
  /** What stands for "none" in {@link #start}, {@link #end}, {@link #word} and {@link #segment}. */
  public static final int NONE = -1;

  private final long[] ids;
  private final long[] typeIds;
  private final String[] tokens;
  private final int[] starts;
  private final int[] ends;
  private final int[] words;
  private final int[] segments;
  private final boolean[] special;
  private final boolean truncated;
  private final PatchPixels pixels;
  private final boolean ownWords;

  public EncodedText(
      long[] ids,
      long[] typeIds,
      String[] tokens,
      int[] starts,
      int[] ends,
      int[] words,
      int[] segments,
      boolean[] special,
      boolean truncated) {
    this(ids, typeIds, tokens, starts, ends, words, segments, special, truncated, null, true);
  }

  private EncodedText(
      long[] ids,
      long[] typeIds,
      String[] tokens,
      int[] starts,
      int[] ends,
      int[] words,
      int[] segments,
      boolean[] special,
      boolean truncated,
      PatchPixels pixels,
      boolean ownWords) {
    this.ids = ids;
    this.typeIds = typeIds;
    this.tokens = tokens;
    this.starts = starts;
    this.ends = ends;
    this.words = words;
    this.segments = segments;
    this.special = special;
    this.truncated = truncated;
    this.pixels = pixels;
    this.ownWords = ownWords;
  }

  /**
   * A picture: its patches, row by row, stand for tokens that are called {@code row,column}.
   *
   * @param patch rows, and columns, of a patch
   */
  public static EncodedText ofPatches(PatchPixels pixels, int patch) {
    int columns = pixels.width() / patch;
    int length = pixels.height() / patch * columns;
    int[] none = new int[length];
    Arrays.fill(none, NONE);
    long[] ids = new long[length];
    String[] names = new String[length];
    for (int i = 0; i < length; i++) {
      ids[i] = i;
      names[i] = i / columns + "," + i % columns;
    }
    return new EncodedText(
        ids,
        new long[length],
        names,
        none,
        none,
        none,
        none,
        new boolean[length],
        false,
        pixels,
        true);
  }

  /**
   * Some of the tokens of a text.
   *
   * @param rows which
   * @param isTruncated whether text is missing
   */
  public EncodedText select(int[] rows, boolean isTruncated) {
    String[] kept = new String[rows.length];
    boolean[] keptSpecial = new boolean[rows.length];
    for (int i = 0; i < rows.length; i++) {
      kept[i] = tokens[rows[i]];
      keptSpecial[i] = special[rows[i]];
    }
    return new EncodedText(
        IntStream.of(rows).mapToLong(row -> ids[row]).toArray(),
        IntStream.of(rows).mapToLong(row -> typeIds[row]).toArray(),
        kept,
        IntStream.of(rows).map(row -> starts[row]).toArray(),
        IntStream.of(rows).map(row -> ends[row]).toArray(),
        IntStream.of(rows).map(row -> words[row]).toArray(),
        IntStream.of(rows).map(row -> segments[row]).toArray(),
        keptSpecial,
        isTruncated,
        null,
        ownWords);
  }

  /** The same tokens, whose words are runs of them: the tokenizer has no words of its own. */
  public EncodedText withRuns(int[] runs) {
    return new EncodedText(
        ids, typeIds, tokens, starts, ends, runs, segments, special, truncated, pixels, false);
  }

  /**
   * Whether words are the tokenizer's; otherwise they are runs of tokens up to the next blank,
   * which may begin with blanks.
   */
  public boolean hasOwnWords() {
    return ownWords;
  }

  /** The picture that the model reads; null for texts. */
  public PatchPixels pixels() {
    return pixels;
  }

  /** Number of tokens. */
  public int length() {
    return ids.length;
  }

  /** The token's id. */
  public long id(int index) {
    return ids[index];
  }

  /** The token's type id, as the model gets it. */
  public long typeId(int index) {
    return typeIds[index];
  }

  /** The token as the tokenizer writes it. */
  public String token(int index) {
    return tokens[index];
  }

  /** First code point in the source text; {@link #NONE} for special tokens. */
  public int start(int index) {
    return starts[index];
  }

  /** Code point after the last in the source text; {@link #NONE} for special tokens. */
  public int end(int index) {
    return ends[index];
  }

  /** Number of the word in its text; {@link #NONE} for special tokens. */
  public int word(int index) {
    return words[index];
  }

  /** 0 for the first text, 1 for the second; {@link #NONE} for special tokens. */
  public int segment(int index) {
    return segments[index];
  }

  /** Whether the token was added by the tokenizer. */
  public boolean isSpecial(int index) {
    return special[index];
  }

  /** Whether text was cut to fit the longest length. */
  public boolean isTruncated() {
    return truncated;
  }
}
