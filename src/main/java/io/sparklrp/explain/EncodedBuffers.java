package io.sparklrp.explain;

import io.sparklrp.error.RecordException;
import io.sparklrp.explain.input.EncodedInput;
import io.sparklrp.explain.input.Stage;
import io.sparklrp.explain.run.Outcome;
import io.sparklrp.explain.run.RunListener;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Encodes records, as many at a time as may be held. */
final class EncodedBuffers<E extends EncodedInput> {
  private final Stage<E> stage;
  private final ResultSize results;
  private final BufferLimits limits;
  private final RunListener listener;

  EncodedBuffers(Stage<E> stage, ResultSize results, BufferLimits limits, RunListener listener) {
    this.stage = stage;
    this.results = results;
    this.limits = limits;
    this.listener = listener;
  }

  /**
   * A record that was encoded.
   *
   * @param source the record as it came
   * @param input the record as the model reads it, or its failure
   */
  record Encoded<C, E>(Source<C> source, Outcome<E> input) {
    C carried() {
      return source.carried();
    }
  }

  /** The next records. */
  <C> List<Encoded<C, E>> next(Iterator<Source<C>> records) {
    List<Encoded<C, E>> buffer = new ArrayList<>();
    long inputBytes = 0;
    long resultBytes = 0;
    long nanos = 0;
    long tokens = 0;
    while (records.hasNext()
        && buffer.size() < limits.records()
        && inputBytes < limits.inputBytes()
        && resultBytes < limits.resultBytes()) {
      Source<C> source = records.next();
      long started = System.nanoTime();
      Outcome<E> input = encoded(source.record());
      nanos += System.nanoTime() - started;
      buffer.add(new Encoded<>(source, input));
      inputBytes += source.bytes();
      if (input.failure().isEmpty()) {
        inputBytes += input.value().bytes();
        resultBytes += results.of(input.value());
        tokens += input.value().record().length();
      }
    }
    listener.encoded(buffer.size(), tokens, nanos / 1_000_000);
    return buffer;
  }

  private Outcome<E> encoded(Outcome<InputRecord> record) {
    if (record.failure().isPresent()) {
      return Outcome.failed(record.failure().get());
    }
    try {
      return Outcome.of(stage.encode(record.value()));
    } catch (RecordException e) {
      return Outcome.failed(e);
    } catch (RuntimeException e) {
      return Outcome.failed(RecordException.unexpected("reading it", e));
    }
  }
}
