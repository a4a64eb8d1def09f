package io.sparklrp.explain.run;

import io.sparklrp.error.RecordException;
import io.sparklrp.record.RecordRelevance;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A run for each token, in which it is replaced: what the score loses is the token's. */
final class OcclusionParts implements ReplacedRun.Parts {
  private final EngineRunner engine;

  OcclusionParts(EngineRunner engine) {
    this.engine = engine;
  }

  @Override
  public long tokens(AskedRecord record, int targets) {
    return (long) record.record().length() * record.record().length();
  }

  @Override
  public List<Outcome<List<RecordRelevance>>> run(
      List<AskedRecord> records, List<List<RecordRelevance>> found) {
    List<AskedRecord> runs = new ArrayList<>();
    for (int i = 0; i < records.size(); i++) {
      ReplacedTargets targets = new ReplacedTargets(records.get(i), found.get(i));
      int length = records.get(i).record().length();
      for (int token = 0; token < length; token++) {
        float[] shares = new float[length];
        shares[token] = 1;
        runs.add(targets.all(shares));
      }
    }
    List<Outcome<float[]>> scores = engine.scores(runs);
    List<Outcome<List<RecordRelevance>>> results = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < records.size(); i++) {
      int to = from + records.get(i).record().length();
      results.add(losses(found.get(i), scores.subList(from, to)));
      from = to;
    }
    return results;
  }

  private static Outcome<List<RecordRelevance>> losses(
      List<RecordRelevance> found, List<Outcome<float[]>> scores) {
    Optional<RecordException> failure = ReplacedRun.failure(scores);
    if (failure.isPresent()) {
      return Outcome.failed(failure.get());
    }
    List<RecordRelevance> results = new ArrayList<>();
    for (int target = 0; target < found.size(); target++) {
      float[] losses = new float[scores.size()];
      for (int token = 0; token < losses.length; token++) {
        losses[token] = (float) (found.get(target).score() - scores.get(token).value()[target]);
      }
      results.add(found.get(target).with(losses));
    }
    return Outcome.of(results);
  }
}
