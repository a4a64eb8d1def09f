package io.sparklrp.record;

import java.util.List;

/**
 * A record of whose embeddings some are replaced by others, wholly or in part: all else, such as
 * masks and positions, stays the record's.
 *
 * @param record the record
 * @param shares of each token's embedding, how much of it is replaced: from 0, nothing, to 1
 */
@SuppressWarnings("ArrayRecordComponent") // handed straight to the engine
public record ReplacedRecord(EncodedRecord record, float... shares) implements EncodedRecord {
  /** Name of the graph's input. */
  public static final String INPUT = "replaced";

  @Override
  public int length() {
    return record.length();
  }

  @Override
  public long id(int index) {
    return record.id(index);
  }

  @Override
  public String token(int index) {
    return record.token(index);
  }

  @Override
  public int start(int index) {
    return record.start(index);
  }

  @Override
  public int end(int index) {
    return record.end(index);
  }

  @Override
  public int word(int index) {
    return record.word(index);
  }

  @Override
  public int segment(int index) {
    return record.segment(index);
  }

  @Override
  public boolean isSpecial(int index) {
    return record.isSpecial(index);
  }

  @Override
  public boolean isTruncated() {
    return record.isTruncated();
  }

  @Override
  public List<String> texts() {
    return record.texts();
  }

  @Override
  public boolean hasOwnWords() {
    return record.hasOwnWords();
  }

  @Override
  public long bytes() {
    return (long) Float.BYTES * shares.length;
  }

  @Override
  public GraphInput input(String name) {
    return name.equals(INPUT) ? new GraphInput.SharesByToken(shares) : record.input(name);
  }
}
