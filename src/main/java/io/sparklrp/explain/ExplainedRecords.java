package io.sparklrp.explain;

import io.sparklrp.attribution.AttributionBuilder;
import io.sparklrp.attribution.NothingExplained;
import io.sparklrp.attribution.RecordError;
import io.sparklrp.attribution.Result;
import io.sparklrp.error.RecordException;
import io.sparklrp.explain.input.EncodedInput;
import io.sparklrp.explain.input.Stage;
import io.sparklrp.explain.run.Outcome;
import io.sparklrp.explain.run.RunListener;
import io.sparklrp.model.Procedure;
import io.sparklrp.record.RecordRelevance;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What comes out of records, in their order, made only when it is asked for: what the engine found
 * takes less.
 */
final class ExplainedRecords<C, E extends EncodedInput> implements Iterator<Explained<C>> {
  private final Iterator<Source<C>> records;
  private final EncodedBuffers<E> buffers;
  private final Stage<E> stage;
  private final AttributionBuilder builder;
  private final Procedure procedure;
  private final RunListener listener;
  private final Deque<Supplier<Explained<C>>> ready = new ArrayDeque<>();

  ExplainedRecords(
      Iterator<Source<C>> records,
      EncodedBuffers<E> buffers,
      Stage<E> stage,
      AttributionBuilder builder,
      Procedure procedure,
      RunListener listener) {
    this.records = records;
    this.buffers = buffers;
    this.stage = stage;
    this.builder = builder;
    this.procedure = procedure;
    this.listener = listener;
  }

  @Override
  public boolean hasNext() {
    while (ready.isEmpty() && records.hasNext()) {
      explain(buffers.next(records));
    }
    return !ready.isEmpty();
  }

  @Override
  public Explained<C> next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ready.remove().get();
  }

  private void explain(List<EncodedBuffers.Encoded<C, E>> buffer) {
    List<E> good = new ArrayList<>();
    for (EncodedBuffers.Encoded<C, E> record : buffer) {
      if (record.input().failure().isEmpty()) {
        good.add(record.input().value());
      }
    }
    Iterator<Outcome<List<RecordRelevance>>> found = stage.run(good).iterator();
    for (EncodedBuffers.Encoded<C, E> record : buffer) {
      Optional<RecordException> failure = record.input().failure();
      if (failure.isPresent()) {
        addError(record.carried(), failure.get());
      } else {
        add(
            record.carried(),
            record.input().value(),
            RandomRelevance.where(procedure, record.source(), found.next()));
      }
    }
  }

  private void add(C carried, E input, Outcome<List<RecordRelevance>> found) {
    Optional<RecordException> failure =
        found.failure().isPresent() ? found.failure() : failure(found.value());
    if (failure.isPresent()) {
      addError(carried, failure.get());
      return;
    }
    List<RecordRelevance> targets = found.value();
    if (targets.isEmpty()) {
      Result nothing = new NothingExplained(input.isTruncated());
      ready.add(() -> new Explained<>(carried, nothing, true));
    }
    for (int i = 0; i < targets.size(); i++) {
      RecordRelevance target = targets.get(i);
      boolean isFirst = i == 0;
      ready.add(() -> new Explained<>(carried, result(input, target), isFirst));
    }
  }

  /** All targets of a record share its outputs. */
  private static Optional<RecordException> failure(List<RecordRelevance> targets) {
    for (int i = 0; i < targets.size(); i++) {
      Optional<RecordException> failure =
          i == 0 ? targets.get(i).failure() : targets.get(i).failureBesideOutputs();
      if (failure.isPresent()) {
        return failure;
      }
    }
    return Optional.empty();
  }

  private void addError(C carried, RecordException failure) {
    listener.failed(1);
    RecordError error = RecordError.of(failure);
    ready.add(() -> new Explained<>(carried, error, true));
  }

  /** Whatever goes wrong with what comes out is the record's error too. */
  private Result result(E input, RecordRelevance found) {
    try {
      return builder.build(input.record(), found, input.asked(), input.isTruncated());
    } catch (RuntimeException e) {
      listener.failed(1);
      return RecordError.of(RecordException.unexpected("writing its result", e));
    }
  }
}
