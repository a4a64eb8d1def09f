package io.sparklrp.explain;

import io.sparklrp.error.RecordException;
import io.sparklrp.explain.run.Outcome;
import io.sparklrp.record.RecordKey;
import java.util.Optional;

/**
 * A record to be explained, and what the caller wants back with its results.
 *
 * @param carried given back as it is
 * @param carriedBytes what that takes, for bounding a buffer
 * @param id what names the record; empty where nothing does
 * @param record the record, or why it cannot be read
 * @param <C> what is carried
 */
public record Source<C>(
    C carried, long carriedBytes, Optional<String> id, Outcome<InputRecord> record) {
  /** A record that was read. */
  public static <C> Source<C> of(C carried, InputRecord record) {
    return new Source<>(carried, 0, Optional.empty(), Outcome.of(record));
  }

  /** A record that cannot be read. */
  public static <C> Source<C> failed(C carried, RecordException failure) {
    return new Source<>(carried, 0, Optional.empty(), Outcome.failed(failure));
  }

  /**
   * Tells it from other records, whatever machine it is on: by what names it, else by what it says;
   * 0 where it has neither.
   */
  public long key() {
    return id.map(RecordKey::ofId)
        .orElseGet(() -> record.failure().isPresent() ? 0 : record.value().key());
  }

  long bytes() {
    return carriedBytes + (record.failure().isPresent() ? 0 : record.value().bytes());
  }
}
