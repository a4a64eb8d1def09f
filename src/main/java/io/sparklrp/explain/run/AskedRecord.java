package io.sparklrp.explain.run;

import io.sparklrp.record.EncodedRecord;
import io.sparklrp.record.RecordTargets;

/**
 * A record and what is asked of it.
 *
 * @param record the record
 * @param asked its targets
 * @param seed weights of all outputs, where the program is seeded; empty otherwise
 */
@SuppressWarnings("ArrayRecordComponent") // handed straight to the engine
public record AskedRecord(EncodedRecord record, RecordTargets asked, float... seed) {
  /** The same with some of its targets. */
  AskedRecord only(int from, int to) {
    return new AskedRecord(
        record, new RecordTargets(asked.positions(), asked.targets().subList(from, to)), seed);
  }
}
