package io.sparklrp.spark;

import io.sparklrp.explain.run.BatchRunner;

import io.sparklrp.engine.Batching;
import io.sparklrp.engine.EngineSession;
import io.sparklrp.engine.TokenBatch;
import io.sparklrp.error.RecordException;
import io.sparklrp.explain.run.BatchRunner;
import io.sparklrp.explain.run.Outcome;
import io.sparklrp.record.EncodedText;
import io.sparklrp.record.RecordRelevance;
import java.util.ArrayList;
import java.util.List;

/**
 * The vectors of second texts, which are constants of the similarity that is explained: its seed.
 * They come from the same compiled graph, whose relevance is not read then.
 */
final class SecondTexts {
  private final EngineSession session;
  private final BroadcastModel model;
  private final Batching batching;
  private final int batchTokens;
  private final BatchRunner runner;

  SecondTexts(EngineSession session, BroadcastModel model, Batching batching, int batchTokens) {
    this.session = session;
    this.model = model;
    this.batching = batching;
    this.batchTokens = batchTokens;
    this.runner = new BatchRunner(batching, session::explain);
  }

  /** Gives each record the vector of its second text as its seed, or an error. */
  void seed(List<InputRecord> records) {
    List<InputRecord> good = new ArrayList<>();
    List<EncodedText> texts = new ArrayList<>();
    for (InputRecord record : records) {
      try {
        EncodedText text = session.tokenizer().encode(record.pair(), null);
        texts.add(text);
        if (text.isTruncated()) {
          record.setSecondTruncated();
        }
        good.add(record);
      } catch (RecordException e) {
        record.fail(e);
      } catch (RuntimeException e) {
        record.fail(RecordException.unexpected("tokenising its second text", e));
      }
    }
    int[] lengths = texts.stream().mapToInt(EncodedText::length).toArray();
    for (List<Integer> batch : batching.plan(lengths, batchTokens)) {
      run(batch.stream().map(good::get).toList(), batch.stream().map(texts::get).toList());
    }
  }

  private void run(List<InputRecord> records, List<EncodedText> texts) {
    float[][] nothing = new float[records.size()][model.engineModel().outputs()];
    List<RecordOutcome> found = runner.run(new TokenBatch(texts, nothing));
    for (int i = 0; i < records.size(); i++) {
      InputRecord record = records.get(i);
      RecordOutcome outcome = found.get(i);
      outcome.failure().ifPresentOrElse(record::fail, () -> seed(record, outcome.results().get(0)));
    }
  }

  private static void seed(InputRecord record, RecordRelevance vector) {
    vector.failure().ifPresentOrElse(record::fail, () -> record.setSeed(vector.logits()));
  }
}
