package io.sparklrp.explain;

import io.sparklrp.error.RecordException;
import io.sparklrp.explain.run.Outcome;

/**
 * A record to be explained, and what the caller wants back with its results.
 *
 * @param carried given back as it is
 * @param record the record, or why it cannot be read
 * @param <C> what is carried
 */
public record Source<C>(C carried, Outcome<InputRecord> record) {
  /** A record that was read. */
  public static <C> Source<C> of(C carried, InputRecord record) {
    return new Source<>(carried, Outcome.of(record));
  }

  /** A record that cannot be read. */
  public static <C> Source<C> failed(C carried, RecordException failure) {
    return new Source<>(carried, Outcome.failed(failure));
  }

  long bytes() {
    return record.failure().isPresent() ? 0 : record.value().bytes();
  }
}
