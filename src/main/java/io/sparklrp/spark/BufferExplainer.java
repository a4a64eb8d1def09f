package io.sparklrp.spark;

import io.sparklrp.assembly.Target;
import io.sparklrp.attribution.Attribution;
import io.sparklrp.attribution.AttributionBuilder;
import io.sparklrp.error.RecordException;
import io.sparklrp.runtime.Batches;
import io.sparklrp.runtime.EncodedText;
import io.sparklrp.runtime.RecordRelevance;
import io.sparklrp.runtime.RelevanceSession;
import io.sparklrp.runtime.TokenBatch;
import java.util.List;

/**
 * Explains a buffer of records: tokenise, group by length, run, and give every record its values.
 */
final class BufferExplainer {
  private final RelevanceSession session;
  private final BroadcastModel model;
  private final int batchTokens;
  private final AttributionBuilder builder;
  private final AttributionValues values;
  private final RunCounters counters;

  BufferExplainer(
      RelevanceSession session,
      BroadcastModel model,
      ExplainSettings settings,
      RunCounters counters) {
    this.session = session;
    this.model = model;
    this.batchTokens = settings.batchTokens();
    this.builder = model.attributionBuilder();
    this.values = new AttributionValues(settings.output().without());
    this.counters = counters;
  }

  void explain(List<TextRecord> buffer) {
    long started = System.nanoTime();
    buffer.stream().filter(record -> record.error() == null).forEach(this::tokenise);
    counters.addTokeniseMillis(millisSince(started));
    List<TextRecord> good = buffer.stream().filter(record -> record.error() == null).toList();
    List<EncodedText> texts = good.stream().map(TextRecord::encoded).toList();
    for (List<Integer> batch : Batches.plan(texts, batchTokens)) {
      run(batch.stream().map(good::get).toList());
    }
    buffer.stream().filter(record -> record.error() != null).forEach(this::fail);
    counters.addRecords(buffer.size());
  }

  private void tokenise(TextRecord record) {
    try {
      record.setEncoded(session.tokenizer().encode(record.text(), record.pair()));
    } catch (RecordException e) {
      record.fail(e);
    }
  }

  private void run(List<TextRecord> records) {
    long started = System.nanoTime();
    TokenBatch batch =
        new TokenBatch(records.stream().map(TextRecord::encoded).toList(), seeds(records));
    List<RecordRelevance> results = session.run(batch);
    long padded = (long) batch.size() * batch.width() - batch.tokens();
    counters.addBatch(batch.tokens(), padded, millisSince(started));
    for (int i = 0; i < records.size(); i++) {
      finish(records.get(i), results.get(i));
    }
  }

  private float[][] seeds(List<TextRecord> records) {
    if (!model.engineModel().isSeeded()) {
      return null;
    }
    float[][] seeds = new float[records.size()][model.engineModel().outputs()];
    for (int i = 0; i < seeds.length; i++) {
      seeds[i][index(records.get(i), null)] = 1f;
      if (against() != Target.NONE) {
        seeds[i][against()] = -1f;
      }
    }
    return seeds;
  }

  private void finish(TextRecord record, RecordRelevance found) {
    if (found.failure().isPresent()) {
      record.fail(found.failure().get());
      return;
    }
    Attribution attribution =
        builder.build(
            record.text(), record.pair(), record.encoded(), found, index(record, found), against());
    record.setValues(values.of(attribution));
  }

  private int index(TextRecord record, RecordRelevance found) {
    if (model.target() instanceof Target.Fixed fixed) {
      return fixed.index();
    }
    return model.target() instanceof Target.Column ? record.target() : found.predicted();
  }

  private int against() {
    return model.target() instanceof Target.Fixed fixed ? fixed.against() : Target.NONE;
  }

  private void fail(TextRecord record) {
    record.setValues(values.of(record.error()));
    counters.addErrors(1);
  }

  private static long millisSince(long started) {
    return (System.nanoTime() - started) / 1_000_000;
  }
}
