package io.sparklrp.engine;

import ai.djl.inference.Predictor;
import ai.djl.translate.TranslateException;
import io.sparklrp.record.RecordRelevance;
import java.util.List;

/** One user's hold on a loaded model, for one thread at a time; to be closed. */
public final class RelevanceSession implements AutoCloseable {
  private final LoadedModel model;
  private final Predictor<TokenBatch, List<List<RecordRelevance>>> predictor;
  private final Runnable release;
  private boolean closed;

  RelevanceSession(LoadedModel model, Runnable release) {
    this.model = model;
    this.predictor = model.newPredictor();
    this.release = release;
  }

  /** The model. */
  public ExplanationModel model() {
    return model.source();
  }

  /** The model's tokenizer. */
  public TextTokenizer tokenizer() {
    return model.tokenizer();
  }

  /**
   * Runs a batch of records with one target each.
   *
   * @return a result for each record, in order
   * @throws EngineFailure if the engine fails
   */
  public List<RecordRelevance> run(TokenBatch batch) {
    return runTargets(batch).stream().map(targets -> targets.get(0)).toList();
  }

  /**
   * Runs a batch.
   *
   * @return for each record, in order, a result for each of its targets; none where the model finds
   *     no target in it
   * @throws EngineFailure if the engine fails
   */
  public List<List<RecordRelevance>> runTargets(TokenBatch batch) {
    Batching batching = model.source().batching();
    boolean isFilled = batching.records() > batch.size();
    TokenBatch run = isFilled ? batch.filledTo(batching.records()) : batch;
    try {
      List<List<RecordRelevance>> results = predictor.predict(run);
      return isFilled ? results.subList(0, batch.size()) : results;
    } catch (TranslateException | RuntimeException e) {
      throw EngineFailure.of(batch.size(), batching.width(batch), e);
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      predictor.close();
      release.run();
    }
  }
}
