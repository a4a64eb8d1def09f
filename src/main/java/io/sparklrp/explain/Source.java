package io.sparklrp.explain;

import io.sparklrp.error.RecordException;
import io.sparklrp.explain.run.Outcome;

/**
 * A record to be explained, and what the caller wants back with its results.
 *
 * @param carried given back as it is
 * @param carriedBytes what that takes, for bounding a buffer
 * @param record the record, or why it cannot be read
 * @param <C> what is carried
 */
public record Source<C>(C carried, long carriedBytes, Outcome<InputRecord> record) {
  /** A record that was read. */
  public static <C> Source<C> of(C carried, InputRecord record) {
    return new Source<>(carried, 0, Outcome.of(record));
  }

  /** A record that cannot be read. */
  public static <C> Source<C> failed(C carried, RecordException failure) {
    return new Source<>(carried, 0, Outcome.failed(failure));
  }

  long bytes() {
    return carriedBytes + (record.failure().isPresent() ? 0 : record.value().bytes());
  }
}
