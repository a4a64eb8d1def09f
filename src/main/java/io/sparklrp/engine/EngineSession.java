package io.sparklrp.engine;

import ai.djl.inference.Predictor;
import ai.djl.translate.TranslateException;
import io.sparklrp.record.ModelOutputs;
import io.sparklrp.record.RecordRelevance;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** One user's hold on a loaded program, for one thread at a time; to be closed. */
public final class EngineSession implements AutoCloseable {
  private final LoadedProgram loaded;
  private final Predictor<TokenBatch, List<List<RecordRelevance>>> explainer;
  private final Runnable release;
  private Predictor<TokenBatch, List<ModelOutputs>> predictor;
  private Predictor<TokenBatch, List<ModelOutputs>> perturber;
  private Predictor<TokenBatch, List<float[]>> scorer;
  private Predictor<TokenBatch, List<List<RecordRelevance>>> stepper;
  private boolean closed;

  EngineSession(LoadedProgram loaded, Runnable release) {
    this.loaded = loaded;
    this.explainer =
        loaded.newPredictor(Role.EXPLAIN, RelevanceReader.ofExplanation(loaded.program()));
    this.release = release;
  }

  /** The program. */
  public Program program() {
    return loaded.program();
  }

  /** The program's tokenizer; empty for models of images. */
  public Optional<TextTokenizer> tokenizer() {
    return loaded.tokenizer();
  }

  /**
   * Explains a batch.
   *
   * @return for each record, in order, a result for each of its targets; none where the model finds
   *     no target in it
   * @throws EngineFailure if the engine fails
   */
  public List<List<RecordRelevance>> explain(TokenBatch batch) {
    return run(explainer, batch);
  }

  /**
   * The model's outputs for a batch.
   *
   * @return those of each record, in order
   * @throws EngineFailure if the engine fails
   * @throws IllegalStateException if the program has no graph for it
   */
  public synchronized List<ModelOutputs> predict(TokenBatch batch) {
    if (predictor == null) {
      predictor = outputs(Role.PREDICT);
    }
    return run(predictor, batch);
  }

  /**
   * The model's outputs for a batch of records whose embeddings are partly replaced.
   *
   * @return those of each record, in order
   * @throws EngineFailure if the engine fails
   * @throws IllegalStateException if the program has no graph for it
   */
  public synchronized List<ModelOutputs> perturb(TokenBatch batch) {
    if (perturber == null) {
      perturber = outputs(Role.PERTURB);
    }
    return run(perturber, batch);
  }

  private Predictor<TokenBatch, List<ModelOutputs>> outputs(Role role) {
    boolean isByToken = program().graph(role).map(RoleGraph::isByToken).orElse(false);
    return loaded.newPredictor(
        role,
        (tensors, run, width) ->
            new OutputsOfRecords(new NamedTensors(tensors), run, width, isByToken).all());
  }

  /**
   * The scores of a batch's targets, of records whose embeddings are partly replaced.
   *
   * @return those of each record, in order
   * @throws EngineFailure if the engine fails
   * @throws IllegalStateException if the program has no graph for it
   */
  public synchronized List<float[]> score(TokenBatch batch) {
    if (scorer == null) {
      scorer = loaded.newPredictor(Role.SCORE, new ScoreReader());
    }
    return run(scorer, batch);
  }

  /**
   * The relevance of one target of each record, at embeddings that are partly replaced.
   *
   * @return one result for each record, in order
   * @throws EngineFailure if the engine fails
   * @throws IllegalStateException if the program has no graph for it
   */
  public synchronized List<List<RecordRelevance>> step(TokenBatch batch) {
    if (stepper == null) {
      stepper = loaded.newPredictor(Role.STEP, RelevanceReader.ofStep(loaded.program()));
    }
    return run(stepper, batch);
  }

  private synchronized <T> List<T> run(Predictor<TokenBatch, List<T>> of, TokenBatch batch) {
    if (closed) {
      throw new IllegalStateException("The session is closed.");
    }
    Batching batching = program().batching();
    boolean isFilled = batching.records() > batch.size();
    TokenBatch run = isFilled ? batch.filledTo(batching.records()) : batch;
    try {
      List<T> results = of.predict(run);
      return isFilled ? results.subList(0, batch.size()) : results;
    } catch (TranslateException | RuntimeException e) {
      throw EngineFailure.of(batch.size(), batching.width(batch), e);
    }
  }

  /** Waits for a batch that is run. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      explainer.close();
      Stream.of(predictor, perturber, scorer, stepper)
          .filter(Objects::nonNull)
          .forEach(Predictor::close);
      release.run();
    }
  }
}
