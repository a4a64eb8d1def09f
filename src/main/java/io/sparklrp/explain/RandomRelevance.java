package io.sparklrp.explain;

import io.sparklrp.explain.run.Outcome;
import io.sparklrp.model.Procedure;
import io.sparklrp.record.RecordRelevance;
import java.util.List;
import java.util.Random;

/** Standard normal numbers in place of relevance: what every method must be better than. */
public final class RandomRelevance {
  private RandomRelevance() {}

  /** What was found of a record, but these numbers where a procedure asks for nothing else. */
  public static Outcome<List<RecordRelevance>> where(
      Procedure procedure, Source<?> source, Outcome<List<RecordRelevance>> found) {
    return procedure instanceof Procedure.Random random
        ? found.map(targets -> of(random, source.key(), targets))
        : found;
  }

  /**
   * The same numbers for each of a record's targets.
   *
   * @param key of the record
   */
  static List<RecordRelevance> of(
      Procedure.Random random, long key, List<RecordRelevance> targets) {
    return targets.stream()
        .map(target -> target.with(numbers(random, key, target.tokens())))
        .toList();
  }

  /**
   * By the generator whose numbers Java's specification says, so that they are the same anywhere.
   */
  private static float[] numbers(Procedure.Random random, long key, int tokens) {
    Random generator = new Random(key ^ (random.seed() * 0x9E3779B97F4A7C15L));
    float[] numbers = new float[tokens];
    for (int token = 0; token < tokens; token++) {
      numbers[token] = (float) generator.nextGaussian();
    }
    return numbers;
  }
}
