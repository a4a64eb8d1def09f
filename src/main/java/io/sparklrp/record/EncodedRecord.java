package io.sparklrp.record;

import java.util.List;

/**
 * A record as the model reads it: a row of tokens, or of patches that stand for them. What is asked
 * of a token has one answer for each, by its index.
 */
public sealed interface EncodedRecord permits EncodedText, EncodedPicture, ReplacedRecord {
  /** What stands for "none" in {@link #start}, {@link #end}, {@link #word} and {@link #segment}. */
  int NONE = -1;

  /** Number of tokens. */
  int length();

  /** The token's id. */
  long id(int index);

  /** What the token is called. */
  String token(int index);

  /** First code point in the source text; {@link #NONE} where it has none. */
  default int start(int index) {
    return NONE;
  }

  /** Code point after the last in the source text; {@link #NONE} where it has none. */
  default int end(int index) {
    return NONE;
  }

  /** Number of the word in its text; {@link #NONE} where it has none. */
  default int word(int index) {
    return NONE;
  }

  /** 0 for the first text, 1 for the second; {@link #NONE} where it is of none. */
  default int segment(int index) {
    return NONE;
  }

  /** Whether the token is none of the record's own. */
  default boolean isSpecial(int index) {
    return false;
  }

  /** Whether a part of the record was cut off to fit the longest length. */
  default boolean isTruncated() {
    return false;
  }

  /** The texts that the tokens are of, by segment; none where they are of no text. */
  default List<String> texts() {
    return List.of();
  }

  /**
   * Whether words are the tokenizer's; otherwise they are runs of tokens up to the next blank,
   * which may begin with blanks.
   */
  default boolean hasOwnWords() {
    return true;
  }

  /** Bytes that it takes. */
  long bytes();

  /**
   * What an input of the graph is given of this record.
   *
   * @param name the input's
   * @throws IllegalArgumentException if this kind of record has no such input
   */
  GraphInput input(String name);
}
