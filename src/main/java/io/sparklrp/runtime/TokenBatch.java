package io.sparklrp.runtime;

import java.util.List;

/**
 * Records that are run together.
 *
 * @param texts the records' tokens
 * @param seeds weights of the outputs for each record, where the model is seeded; null otherwise
 */
@SuppressWarnings("ArrayRecordComponent") // handed straight to the engine
public record TokenBatch(List<EncodedText> texts, float[][] seeds) {
  /** Copies the list. */
  public TokenBatch {
    texts = List.copyOf(texts);
  }

  /** Number of records. */
  public int size() {
    return texts.size();
  }

  /** Tokens of the longest record: all are padded to it. */
  public int width() {
    return texts.stream().mapToInt(EncodedText::length).max().orElse(0);
  }

  /** Tokens of all records. */
  public long tokens() {
    return texts.stream().mapToLong(EncodedText::length).sum();
  }
}
