package io.sparklrp.spark;

import io.sparklrp.error.RecordException;
import io.sparklrp.runtime.Batches;
import io.sparklrp.runtime.EncodedText;
import io.sparklrp.runtime.RecordRelevance;
import io.sparklrp.runtime.RelevanceSession;
import io.sparklrp.runtime.TokenBatch;
import java.util.ArrayList;
import java.util.List;

/**
 * The vectors of second texts, which are constants of the similarity that is explained: its seed.
 * They come from the same compiled graph, whose relevance is not read then.
 */
final class SecondTexts {
  private final RelevanceSession session;
  private final BroadcastModel model;
  private final int batchTokens;

  SecondTexts(RelevanceSession session, BroadcastModel model, int batchTokens) {
    this.session = session;
    this.model = model;
    this.batchTokens = batchTokens;
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
      }
    }
    for (List<Integer> batch : Batches.plan(texts, batchTokens)) {
      run(batch.stream().map(good::get).toList(), batch.stream().map(texts::get).toList());
    }
  }

  private void run(List<InputRecord> records, List<EncodedText> texts) {
    float[][] nothing = new float[records.size()][model.engineModel().outputs()];
    List<RecordRelevance> found = session.run(new TokenBatch(texts, nothing));
    for (int i = 0; i < records.size(); i++) {
      if (found.get(i).failure().isPresent()) {
        records.get(i).fail(found.get(i).failure().get());
      } else {
        records.get(i).setSeed(found.get(i).logits());
      }
    }
  }
}
