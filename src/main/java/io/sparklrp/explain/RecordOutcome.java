package io.sparklrp.explain;

import io.sparklrp.error.RecordException;
import io.sparklrp.record.RecordRelevance;
import java.util.List;
import java.util.Optional;

/** What became of a record in the engine: a result for each target, or why there is none. */
public final class RecordOutcome {
  private final List<RecordRelevance> results;
  private final RecordException failure;

  private RecordOutcome(List<RecordRelevance> results, RecordException failure) {
    this.results = results;
    this.failure = failure;
  }

  /** A record that was run. */
  public static RecordOutcome of(List<RecordRelevance> results) {
    return new RecordOutcome(List.copyOf(results), null);
  }

  /** A record that cannot be run. */
  public static RecordOutcome failed(RecordException failure) {
    return new RecordOutcome(List.of(), failure);
  }

  /** A result for each target; none where the model finds no target. */
  public List<RecordRelevance> results() {
    return results;
  }

  /** Why there is no result; empty where the record was run. */
  public Optional<RecordException> failure() {
    return Optional.ofNullable(failure);
  }
}
