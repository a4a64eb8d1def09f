package io.sparklrp.engine;

import io.sparklrp.explain.run.AskedRecord;
import io.sparklrp.explain.run.BatchLimits;
import io.sparklrp.explain.run.EngineRunner;
import io.sparklrp.explain.run.RunListener;
import io.sparklrp.record.AllLogits;
import io.sparklrp.record.EncodedText;
import io.sparklrp.record.RecordRelevance;
import io.sparklrp.record.RecordTargets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Tokens and results that no tokenizer and no engine made, for tests of what reads them. */
public final class SampleRecords {
  private SampleRecords() {}

  /** A record of one text; its tokens are called after their ids and are words of their own. */
  public static EncodedText text(long... ids) {
    return text(ids, new long[ids.length]);
  }

  /** A record whose type ids are given too. */
  public static EncodedText text(long[] ids, long[] typeIds) {
    int[] places = new int[ids.length];
    Arrays.setAll(places, i -> i);
    int[] ends = new int[ids.length];
    Arrays.setAll(ends, i -> i + 1);
    return new EncodedText(
        ids,
        typeIds,
        Arrays.stream(ids).mapToObj(Long::toString).toArray(String[]::new),
        places,
        ends,
        places,
        Arrays.stream(typeIds).mapToInt(Math::toIntExact).toArray(),
        new boolean[ids.length],
        false);
  }

  /** A record of random tokens and types. */
  public static EncodedText random(Random random, int length, int vocabulary) {
    return text(
        random.longs(length, 0, vocabulary).toArray(), random.longs(length, 0, 2).toArray());
  }

  /** The ids of a record. */
  public static long[] ids(EncodedText text) {
    long[] ids = new long[text.length()];
    Arrays.setAll(ids, text::id);
    return ids;
  }

  /** The type ids of a record. */
  public static long[] typeIds(EncodedText text) {
    long[] ids = new long[text.length()];
    Arrays.setAll(ids, text::typeId);
    return ids;
  }

  /** The relevance of a record's tokens. */
  public static double[] relevance(RecordRelevance found) {
    double[] relevance = new double[found.tokens()];
    Arrays.setAll(relevance, found::relevance);
    return relevance;
  }

  /** The amounts of a record's ledger. */
  public static double[] ledger(RecordRelevance found) {
    double[] ledger = new double[found.ledgerSize()];
    Arrays.setAll(ledger, found::ledger);
    return ledger;
  }

  /** The logits of a record. */
  public static double[] logits(RecordRelevance found) {
    float[] logits = found.logits();
    double[] wide = new double[logits.length];
    Arrays.setAll(wide, i -> logits[i]);
    return wide;
  }

  /** What a session finds of records with one target each. */
  public static List<RecordRelevance> first(EngineSession session, TokenBatch batch) {
    EngineRunner runner =
        new EngineRunner(
            session,
            session.program().batching(),
            BatchLimits.ofTokens(Integer.MAX_VALUE),
            RunListener.NONE);
    List<AskedRecord> asked = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      RecordTargets targets = batch.targets() == null ? RecordTargets.NONE : batch.targets().get(i);
      float[] seed = batch.seeds() == null ? new float[0] : batch.seeds()[i];
      asked.add(new AskedRecord(batch.texts().get(i), targets, seed));
    }
    return runner.explain(asked).stream().map(found -> found.value().get(0)).toList();
  }

  /** What an engine could have found. */
  public static RecordRelevance found(
      float[] logits, int predicted, float score, float[] relevance, float... ledger) {
    return new RecordRelevance(new AllLogits(logits), predicted, null, score, relevance, ledger);
  }
}
