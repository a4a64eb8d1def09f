package io.sparklrp.explain.input;

import io.sparklrp.explain.run.AskedRecord;
import io.sparklrp.record.EncodedRecord;
import io.sparklrp.record.RecordTargets;

/**
 * A record that the model reads as a whole.
 *
 * @param record the record
 * @param asked what is asked of it
 */
record WholeInput(EncodedRecord record, RecordTargets asked) implements EncodedInput {
  AskedRecord toRun() {
    return new AskedRecord(record, asked);
  }
}
