package io.sparklrp.spark;

import io.sparklrp.attribution.Attribution;
import io.sparklrp.attribution.AttributionBuilder;
import io.sparklrp.error.RecordException;
import io.sparklrp.runtime.BatchRunner;
import io.sparklrp.runtime.Batching;
import io.sparklrp.runtime.EncodedText;
import io.sparklrp.runtime.RecordOutcome;
import io.sparklrp.runtime.RecordRelevance;
import io.sparklrp.runtime.RelevanceSession;
import io.sparklrp.runtime.TokenBatch;
import io.sparklrp.runtime.window.DocumentRunner;
import io.sparklrp.table.RowWriter;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.InternalRow;

/** Explains a buffer of records: encode, group by length, run, and give every record its values. */
final class BufferExplainer {
  private final RelevanceSession session;
  private final BroadcastModel model;
  private final Batching batching;
  private final BatchRunner runner;
  private final int batchTokens;
  private final RecordEncoder encoder;
  private final AttributionBuilder builder;
  private final RowWriter values;
  private final RunCounters counters;

  BufferExplainer(
      RelevanceSession session,
      BroadcastModel model,
      Batching batching,
      ExplainSettings settings,
      RowWriter values,
      RunCounters counters) {
    this.session = session;
    this.model = model;
    this.batching = batching;
    this.runner = new BatchRunner(batching, session::runTargets);
    this.batchTokens = settings.limits().batchTokens();
    this.encoder = RecordEncoder.of(model, session.tokenizer());
    this.builder = model.attributionBuilder(session.tokenizer());
    this.values = values;
    this.counters = counters;
  }

  void explain(List<InputRecord> buffer) {
    long started = System.nanoTime();
    good(buffer).forEach(this::encode);
    counters.addTokeniseMillis(millisSince(started));
    if (model.compares()) {
      new SecondTexts(session, model, batching, batchTokens).seed(good(buffer));
    }
    if (model.readsWindows()) {
      runDocuments(good(buffer));
    } else {
      runTexts(good(buffer));
    }
    buffer.stream().filter(record -> record.error() != null).forEach(this::fail);
    counters.addRecords(buffer.size());
  }

  private void runTexts(List<InputRecord> records) {
    int[] lengths = records.stream().mapToInt(record -> record.encoded().length()).toArray();
    for (List<Integer> batch : batching.plan(lengths, batchTokens)) {
      run(batch.stream().map(records::get).toList());
    }
  }

  private void runDocuments(List<InputRecord> records) {
    new DocumentRunner(model.documents(), batching, batchTokens, this::counted)
        .run(records.stream().map(InputRecord::document).toList());
    for (InputRecord record : records) {
      record
          .document()
          .failure()
          .ifPresentOrElse(record::fail, () -> finish(record, record.document().results()));
      record.setDocument(null);
    }
  }

  private static List<InputRecord> good(List<InputRecord> buffer) {
    return buffer.stream().filter(record -> record.error() == null).toList();
  }

  private void encode(InputRecord record) {
    try {
      encoder.encode(record);
    } catch (RecordException e) {
      record.fail(e);
    } catch (RuntimeException e) {
      record.fail(RecordException.unexpected("reading it", e));
    }
  }

  private void run(List<InputRecord> records) {
    TokenBatch batch =
        new TokenBatch(
            records.stream().map(InputRecord::encoded).toList(),
            seeds(records),
            records.stream().map(InputRecord::asked).toList());
    List<RecordOutcome> outcomes = counted(batch);
    for (int i = 0; i < records.size(); i++) {
      InputRecord record = records.get(i);
      RecordOutcome outcome = outcomes.get(i);
      outcome.failure().ifPresentOrElse(record::fail, () -> finish(record, outcome.results()));
    }
  }

  private List<RecordOutcome> counted(TokenBatch batch) {
    long started = System.nanoTime();
    List<RecordOutcome> outcomes = runner.run(batch);
    long padded = (long) batch.size() * batching.width(batch) - batch.tokens();
    counters.addBatch(batch.tokens(), padded, millisSince(started));
    return outcomes;
  }

  private float[][] seeds(List<InputRecord> records) {
    return model.engineModel().isSeeded()
        ? records.stream().map(InputRecord::seed).toArray(float[][]::new)
        : null;
  }

  private void finish(InputRecord record, List<RecordRelevance> targets) {
    if (targets.isEmpty()) {
      boolean truncated = record.encoded() != null && record.encoded().isTruncated();
      record.addValues(() -> values.ofNothing(truncated));
    }
    for (int i = 0; i < targets.size(); i++) {
      RecordRelevance found = targets.get(i);
      Optional<RecordException> failure = i == 0 ? found.failure() : found.failureBesideOutputs();
      if (!model.readsWindows() && failure.isPresent()) {
        record.fail(failure.get());
        return;
      }
      EncodedText encoded = record.encoded();
      record.addValues(() -> values.of(attribution(record, encoded, found)));
    }
  }

  private Attribution attribution(InputRecord record, EncodedText encoded, RecordRelevance found) {
    String pair = model.compares() ? null : record.pair();
    Attribution made = builder.build(record.text(), pair, encoded, found, record.asked());
    return record.isSecondTruncated() ? made.asTruncated() : made;
  }

  private void fail(InputRecord record) {
    record.addValues(() -> values.of(record.error()));
    counters.addErrors(1);
  }

  /** The values of a record whose result cannot be made after all. */
  InternalRow failed(InputRecord record) {
    counters.addErrors(1);
    return values.of(record.error());
  }

  private static long millisSince(long started) {
    return (System.nanoTime() - started) / 1_000_000;
  }
}
