package io.sparklrp.explain.input;

import io.sparklrp.error.RecordException;
import io.sparklrp.explain.InputRecord;
import io.sparklrp.explain.run.Outcome;
import io.sparklrp.record.RecordRelevance;
import java.util.List;

/**
 * How records of a kind are encoded and run.
 *
 * @param <E> a record that is encoded
 */
public interface Stage<E extends EncodedInput> {
  /**
   * Encodes a record.
   *
   * @throws RecordException if it cannot be
   * @throws IllegalArgumentException if it is of another kind
   */
  E encode(InputRecord record) throws RecordException;

  /** For each record, in order, a result for each of its targets, or its failure. */
  List<Outcome<List<RecordRelevance>>> run(List<E> inputs);
}
