package io.sparklrp.explain.window;

import io.sparklrp.error.RecordException;
import io.sparklrp.explain.run.Outcome;
import io.sparklrp.record.RecordRelevance;
import io.sparklrp.record.RecordTargets;
import java.util.List;
import java.util.Optional;

/** A document on its way: its windows, what is asked of it, and what was found. */
public final class Document {
  private final EncodedWindows windows;
  private final RecordTargets asked;
  private WindowResults found;
  private List<RecordRelevance> results = List.of();
  private RecordException failure;

  /** A document that was not run yet. */
  public Document(EncodedWindows windows, RecordTargets asked) {
    this.windows = windows;
    this.asked = asked;
    this.found = new WindowResults(windows.count());
  }

  /** Its windows. */
  public EncodedWindows windows() {
    return windows;
  }

  /** Tokens of all windows. */
  public long tokens() {
    long tokens = 0;
    for (int window = 0; window < windows.count(); window++) {
      tokens += windows.length(window);
    }
    return tokens;
  }

  List<RecordRelevance> results() {
    return results;
  }

  Optional<RecordException> failure() {
    return Optional.ofNullable(failure);
  }

  /** What was found, a result for each target, or why it could not be explained. */
  public Outcome<List<RecordRelevance>> outcome() {
    return failure == null ? Outcome.of(results) : Outcome.failed(failure);
  }

  List<WindowRun> first(DocumentRule rule) {
    try {
      return rule.first(windows, asked);
    } catch (RecordException e) {
      failure = e;
    } catch (RuntimeException e) {
      failure = RecordException.unexpected("choosing windows", e);
    }
    return List.of();
  }

  /** The document cannot be explained. */
  void fail(RecordException why) {
    failure = why;
  }

  void add(int window, List<RecordRelevance> results) {
    results.forEach(result -> result.failure().ifPresent(e -> failure = e));
    found.add(window, results);
  }

  List<WindowRun> again(DocumentRule rule) {
    try {
      return failure == null ? rule.again(found) : List.of();
    } catch (RuntimeException e) {
      failure = RecordException.unexpected("choosing windows", e);
      return List.of();
    }
  }

  void merge(DocumentRule rule) {
    try {
      results = failure == null ? rule.merge(windows, found) : List.of();
    } catch (RuntimeException e) {
      failure = RecordException.unexpected("merging windows", e);
    }
    found = null;
  }
}
