package io.sparklrp.runtime;

import java.util.List;

/**
 * Records that are run together.
 *
 * @param texts the records' tokens
 * @param seeds weights of all outputs for each record, where the model is seeded; null otherwise
 * @param targets what is asked of each record; null where nothing is
 */
@SuppressWarnings("ArrayRecordComponent") // handed straight to the engine
public record TokenBatch(List<EncodedText> texts, float[][] seeds, List<RecordTargets> targets) {
  /** Copies the lists. */
  public TokenBatch {
    texts = List.copyOf(texts);
    targets = targets == null ? null : List.copyOf(targets);
  }

  /** Records for a model without given targets. */
  public TokenBatch(List<EncodedText> texts, float[][] seeds) {
    this(texts, seeds, null);
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
