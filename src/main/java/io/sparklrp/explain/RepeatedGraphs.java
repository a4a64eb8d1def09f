package io.sparklrp.explain;

import io.sparklrp.engine.EngineSession;
import io.sparklrp.engine.Role;
import io.sparklrp.engine.TokenBatch;
import io.sparklrp.record.EncodedRecord;
import io.sparklrp.record.ModelOutputs;
import io.sparklrp.record.RecordRelevance;
import io.sparklrp.record.RecordTargets;
import io.sparklrp.record.ReplacedRecord;
import io.sparklrp.record.TargetWeights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The graphs that a program runs again and again with embeddings replaced, tried once: half of each
 * embedding is replaced.
 */
final class RepeatedGraphs {
  private static final float HALF = 0.5f;

  private final EngineSession session;

  RepeatedGraphs(EngineSession session) {
    this.session = session;
  }

  /**
   * Results of a batch, in which what these graphs give stands behind the relevance of each
   * record's first target; records without one stay as they are.
   *
   * @param found by the graph that explains
   */
  List<List<RecordRelevance>> with(TokenBatch batch, List<List<RecordRelevance>> found) {
    List<Integer> some =
        IntStream.range(0, found.size()).filter(i -> !found.get(i).isEmpty()).boxed().toList();
    if (some.isEmpty()) {
      return found;
    }
    TokenBatch replaced = replaced(batch, found, some);
    List<List<RecordRelevance>> results = new ArrayList<>(found);
    if (session.program().graph(Role.SCORE).isPresent()) {
      put(session.score(replaced), some, results);
    }
    if (session.program().graph(Role.PERTURB).isPresent()) {
      put(session.perturb(replaced).stream().map(ModelOutputs::numbers).toList(), some, results);
    }
    if (session.program().graph(Role.STEP).isPresent()) {
      put(
          session.step(replaced).stream().map(targets -> targets.get(0).numbers()).toList(),
          some,
          results);
    }
    return results;
  }

  private static void put(
      List<float[]> numbers, List<Integer> some, List<List<RecordRelevance>> results) {
    for (int i = 0; i < numbers.size(); i++) {
      RecordRelevance first = results.get(some.get(i)).get(0);
      results.set(some.get(i), List.of(with(first, numbers.get(i))));
    }
  }

  private static RecordRelevance with(RecordRelevance found, float... numbers) {
    float[] before = found.numbers();
    float[] all = Arrays.copyOf(before, before.length + numbers.length);
    System.arraycopy(numbers, 0, all, before.length, numbers.length);
    return found.with(all);
  }

  private TokenBatch replaced(
      TokenBatch batch, List<List<RecordRelevance>> found, List<Integer> some) {
    boolean isSeeded = session.program().isSeeded();
    List<EncodedRecord> records = new ArrayList<>();
    List<RecordTargets> targets = new ArrayList<>();
    for (int i : some) {
      EncodedRecord record = batch.texts().get(i);
      float[] shares = new float[record.length()];
      Arrays.fill(shares, HALF);
      records.add(new ReplacedRecord(record, shares));
      targets.add(
          new RecordTargets(
              batch.targets().get(i).positions(),
              isSeeded ? List.of() : List.of(explained(found.get(i).get(0)))));
    }
    return new TokenBatch(records, batch.only(some).seeds(), targets);
  }

  private static TargetWeights explained(RecordRelevance found) {
    return found.target().orElseGet(() -> TargetWeights.of(found.predicted()));
  }
}
