package io.sparklrp.explain;

import io.sparklrp.engine.Batching;
import io.sparklrp.engine.EngineSession;
import io.sparklrp.explain.input.EncodedInput;
import io.sparklrp.explain.input.Stage;
import io.sparklrp.explain.input.StageContext;
import io.sparklrp.explain.run.BatchLimits;
import io.sparklrp.explain.run.EngineRunner;
import io.sparklrp.explain.run.RunListener;
import java.util.Iterator;

/**
 * Explains records: encodes them, packs them into batches, runs these, and makes what comes out. A
 * record's own failure is its own, whoever threw it. For one thread at a time.
 */
public final class Explainer {
  private final ExplainSpec spec;
  private final EngineSession session;
  private final EngineRunner runner;
  private final BufferLimits limits;
  private final RunListener listener;

  /**
   * An explainer.
   *
   * @param session of the program; the caller closes it
   * @param batching which records may share a batch
   * @param batches how large a batch may be
   * @param limits how much is held at a time
   * @param listener is told how far it is
   */
  public Explainer(
      ExplainSpec spec,
      EngineSession session,
      Batching batching,
      BatchLimits batches,
      BufferLimits limits,
      RunListener listener) {
    this.spec = spec;
    this.session = session;
    this.runner = new EngineRunner(session, batching, batches, listener);
    this.limits = limits;
    this.listener = listener;
  }

  /**
   * Explains records as they come, at most one buffer of them at a time.
   *
   * @return what comes out, in the records' order: one for each target of a record, or one that
   *     says why there is none
   */
  public <C> Iterator<Explained<C>> explain(Iterator<Source<C>> records) {
    StageContext context =
        new StageContext(runner, session.tokenizer(), spec.card(), spec.target(), spec.resolver());
    return iterator(spec.input().stage(context), records);
  }

  private <C, E extends EncodedInput> Iterator<Explained<C>> iterator(
      Stage<E> stage, Iterator<Source<C>> records) {
    return new ExplainedRecords<>(
        records,
        new EncodedBuffers<>(stage, new ResultSize(spec), limits, listener),
        stage,
        spec.attributions(session.tokenizer()),
        spec.program().procedure(),
        listener);
  }
}
