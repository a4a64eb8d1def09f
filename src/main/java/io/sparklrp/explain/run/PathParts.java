package io.sparklrp.explain.run;

import io.sparklrp.error.RecordException;
import io.sparklrp.record.RecordRelevance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Runs along the line from the baseline to a record: the middles of equal parts of it for each
 * target, and the baseline itself.
 */
final class PathParts implements ReplacedRun.Parts {
  private final EngineRunner engine;
  private final int steps;

  PathParts(EngineRunner engine, int steps) {
    this.engine = engine;
    this.steps = steps;
  }

  @Override
  public long tokens(AskedRecord record, int targets) {
    return (long) record.record().length() * steps * targets;
  }

  @Override
  public List<Outcome<List<RecordRelevance>>> run(
      List<AskedRecord> records, List<List<RecordRelevance>> found) {
    List<AskedRecord> ends = new ArrayList<>();
    List<AskedRecord> points = new ArrayList<>();
    for (int i = 0; i < records.size(); i++) {
      ReplacedTargets targets = new ReplacedTargets(records.get(i), found.get(i));
      int length = records.get(i).record().length();
      ends.add(targets.all(shares(length, 1)));
      for (int target = 0; target < found.get(i).size(); target++) {
        for (int step = 0; step < steps; step++) {
          points.add(targets.one(target, shares(length, 1 - (step + 0.5f) / steps)));
        }
      }
    }
    List<Outcome<float[]>> baselines = engine.scores(ends);
    List<Outcome<List<RecordRelevance>>> ran = engine.steps(points);
    List<Outcome<List<RecordRelevance>>> results = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < records.size(); i++) {
      int to = from + steps * found.get(i).size();
      results.add(means(found.get(i), baselines.get(i), ran.subList(from, to)));
      from = to;
    }
    return results;
  }

  private static float[] shares(int length, float share) {
    float[] shares = new float[length];
    Arrays.fill(shares, share);
    return shares;
  }

  private Outcome<List<RecordRelevance>> means(
      List<RecordRelevance> found,
      Outcome<float[]> baseline,
      List<Outcome<List<RecordRelevance>>> points) {
    Optional<RecordException> failure = baseline.failure().or(() -> ReplacedRun.failure(points));
    if (failure.isPresent()) {
      return Outcome.failed(failure.get());
    }
    List<RecordRelevance> results = new ArrayList<>();
    for (int target = 0; target < found.size(); target++) {
      float[] mean = mean(points.subList(target * steps, (target + 1) * steps));
      results.add(found.get(target).with(mean, new float[] {baseline.value()[target]}));
    }
    return Outcome.of(results);
  }

  private float[] mean(List<Outcome<List<RecordRelevance>>> points) {
    int tokens = points.get(0).value().get(0).tokens();
    float[] mean = new float[tokens];
    for (int token = 0; token < tokens; token++) {
      double sum = 0;
      for (Outcome<List<RecordRelevance>> point : points) {
        sum += point.value().get(0).relevance(token);
      }
      mean[token] = (float) (sum / steps);
    }
    return mean;
  }
}
