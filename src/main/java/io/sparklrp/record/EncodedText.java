package io.sparklrp.record;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** A text, or a pair of texts, as tokens. All arrays have one element for each token. */
public final class EncodedText implements EncodedRecord {
  /** Two ids, a short text, four places and a flag. */
  private static final int BYTES_OF_TOKEN = 90;

  private final long[] ids;
  private final long[] typeIds;
  private final String[] tokens;
  private final int[] starts;
  private final int[] ends;
  private final int[] words;
  private final int[] segments;
  private final boolean[] special;
  private final boolean truncated;
  private final boolean ownWords;
  private final List<String> texts;

  /**
   * Tokens of texts that are not known.
   *
   * @param typeIds as the model gets them
   * @param tokens as the tokenizer writes them
   * @param starts first code points in the source text; {@link #NONE} for special tokens
   * @param ends code points after the last ones; likewise
   * @param words numbers of the words in their text; likewise
   * @param segments 0 for the first text, 1 for the second; likewise
   * @param special whether the tokenizer added it
   * @param truncated whether text was cut to fit the longest length
   */
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
    this(ids, typeIds, tokens, starts, ends, words, segments, special, truncated, true, List.of());
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
      boolean ownWords,
      List<String> texts) {
    this.ids = ids;
    this.typeIds = typeIds;
    this.tokens = tokens;
    this.starts = starts;
    this.ends = ends;
    this.words = words;
    this.segments = segments;
    this.special = special;
    this.truncated = truncated;
    this.ownWords = ownWords;
    this.texts = texts;
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
        ownWords,
        texts);
  }

  /** The same tokens, whose words are runs of them: the tokenizer has no words of its own. */
  public EncodedText withRuns(int[] runs) {
    return new EncodedText(
        ids, typeIds, tokens, starts, ends, runs, segments, special, truncated, false, texts);
  }

  /** The same tokens of texts that are known. */
  public EncodedText of(List<String> sources) {
    return new EncodedText(
        ids,
        typeIds,
        tokens,
        starts,
        ends,
        words,
        segments,
        special,
        truncated,
        ownWords,
        List.copyOf(sources));
  }

  /** Whether a model is given the same of both. */
  public boolean readsAs(EncodedText other) {
    return Arrays.equals(ids, other.ids)
        && Arrays.equals(typeIds, other.typeIds)
        && Arrays.equals(special, other.special);
  }

  /** The same for texts that read as each other. */
  public int inputHash() {
    return Arrays.hashCode(ids);
  }

  @Override
  public boolean hasOwnWords() {
    return ownWords;
  }

  @Override
  public List<String> texts() {
    return texts;
  }

  @Override
  public int length() {
    return ids.length;
  }

  @Override
  public long id(int index) {
    return ids[index];
  }

  /** The token's type id, as the model gets it. */
  public long typeId(int index) {
    return typeIds[index];
  }

  @Override
  public String token(int index) {
    return tokens[index];
  }

  @Override
  public int start(int index) {
    return starts[index];
  }

  @Override
  public int end(int index) {
    return ends[index];
  }

  @Override
  public int word(int index) {
    return words[index];
  }

  @Override
  public int segment(int index) {
    return segments[index];
  }

  @Override
  public boolean isSpecial(int index) {
    return special[index];
  }

  @Override
  public boolean isTruncated() {
    return truncated;
  }

  @Override
  public long bytes() {
    long characters = texts.stream().mapToLong(String::length).sum();
    return (long) BYTES_OF_TOKEN * length() + Character.BYTES * characters;
  }

  @Override
  public GraphInput input(String name) {
    return new GraphInput.ByToken(
        switch (name) {
          case "input_ids" -> ids;
          case "token_type_ids" -> typeIds;
          case "attention_mask" -> filled(1);
          case "position_ids" -> IntStream.range(0, length()).asLongStream().toArray();
          case "word_mask" ->
              IntStream.range(0, length()).mapToLong(i -> special[i] ? 0 : 1).toArray();
          default -> throw new IllegalArgumentException("A text has no " + name + ".");
        });
  }

  private long[] filled(long value) {
    long[] all = new long[length()];
    Arrays.fill(all, value);
    return all;
  }
}
