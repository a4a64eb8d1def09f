package io.sparklrp.explain.run;

import io.sparklrp.engine.Batching;
import io.sparklrp.engine.EngineFailure;
import io.sparklrp.engine.EngineSession;
import io.sparklrp.engine.TokenBatch;
import io.sparklrp.error.RecordException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Runs batches so that a record at which the engine fails harms no other: a batch that fails is
 * halved until the record is found, or until the parts are small enough for the memory there is.
 * Errors of the JVM, such as a full heap, end the task: nothing can be relied on after them.
 *
 * @param <T> what a record is given
 */
public final class BatchRunner<T> {
  private final Batching batching;
  private final Function<TokenBatch, List<T>> engine;
  private boolean wasShortOfMemory;

  /**
   * A runner.
   *
   * @param batching what shape a batch must have
   * @param engine what runs a batch, such as {@link EngineSession#explain}
   */
  public BatchRunner(Batching batching, Function<TokenBatch, List<T>> engine) {
    this.batching = batching;
    this.engine = engine;
  }

  /** Whether the engine had too little memory for the last batch as it was. */
  boolean wasShortOfMemory() {
    return wasShortOfMemory;
  }

  /** What became of each record, in order. */
  public List<Outcome<T>> run(TokenBatch batch) {
    wasShortOfMemory = false;
    List<Outcome<T>> outcomes = new ArrayList<>();
    List<Integer> fit = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      Optional<RecordException> unfit = batching.unfit(batch.texts().get(i));
      outcomes.add(unfit.<Outcome<T>>map(Outcome::failed).orElse(null));
      if (unfit.isEmpty()) {
        fit.add(i);
      }
    }
    if (!fit.isEmpty()) {
      List<Outcome<T>> run = halved(fit.size() == batch.size() ? batch : batch.only(fit));
      for (int i = 0; i < fit.size(); i++) {
        outcomes.set(fit.get(i), run.get(i));
      }
    }
    return outcomes;
  }

  private List<Outcome<T>> halved(TokenBatch batch) {
    try {
      return engine.apply(batch).stream().map(Outcome::of).toList();
    } catch (EngineFailure e) {
      wasShortOfMemory |= e.isMemory();
      if (batch.size() == 1) {
        return List.of(Outcome.failed(e.ofRecord()));
      }
      int half = batch.size() / 2;
      List<Outcome<T>> both = new ArrayList<>(halved(batch.part(0, half)));
      both.addAll(halved(batch.part(half, batch.size())));
      return both;
    }
  }
}
