package io.sparklrp.engine;

import io.sparklrp.record.EncodedRecord;
import io.sparklrp.record.RecordTargets;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Records that are run together.
 *
 * @param texts the records' tokens
 * @param seeds weights of all outputs for each record, where the model is seeded; null otherwise
 * @param targets what is asked of each record; null where nothing is
 */
@SuppressWarnings("ArrayRecordComponent") // handed straight to the engine
public record TokenBatch(List<EncodedRecord> texts, float[][] seeds, List<RecordTargets> targets) {
  /** Copies the lists. */
  public TokenBatch {
    texts = List.copyOf(texts);
    targets = targets == null ? null : List.copyOf(targets);
  }

  /** Records of one kind. */
  public static TokenBatch of(List<? extends EncodedRecord> records, List<RecordTargets> asked) {
    return new TokenBatch(List.copyOf(records), null, asked);
  }

  /** Records for a model without given targets. */
  public TokenBatch(List<? extends EncodedRecord> texts, float[][] seeds) {
    this(List.copyOf(texts), seeds, null);
  }

  /** The records from one to before another. */
  public TokenBatch part(int from, int to) {
    return only(IntStream.range(from, to).boxed().toList());
  }

  /** Some of the records. */
  public TokenBatch only(List<Integer> records) {
    return new TokenBatch(
        records.stream().map(texts::get).toList(),
        seeds == null ? null : records.stream().map(i -> seeds[i]).toArray(float[][]::new),
        targets == null ? null : records.stream().map(targets::get).toList());
  }

  /** The records, and the first one again until there is a number of them. */
  TokenBatch filledTo(int records) {
    return only(IntStream.range(0, records).map(i -> i < size() ? i : 0).boxed().toList());
  }

  /** Number of records. */
  public int size() {
    return texts.size();
  }

  /** Tokens of the longest record: all are padded to it. */
  public int width() {
    return texts.stream().mapToInt(EncodedRecord::length).max().orElse(0);
  }

  /** Tokens of all records. */
  public long tokens() {
    return texts.stream().mapToLong(EncodedRecord::length).sum();
  }
}
