package io.sparklrp.explain.input;

import io.sparklrp.record.EncodedRecord;
import io.sparklrp.record.RecordTargets;

/** A record that is encoded, and what is asked of it. */
public interface EncodedInput {
  /** What relevance is told of. */
  EncodedRecord record();

  /** What is asked. */
  RecordTargets asked();

  /** Whether a part of the record was cut off. */
  default boolean isTruncated() {
    return record().isTruncated();
  }

  /** Bytes that it takes, for bounding a buffer. */
  default long bytes() {
    return record().bytes();
  }
}
