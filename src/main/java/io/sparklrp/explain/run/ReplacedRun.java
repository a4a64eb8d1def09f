package io.sparklrp.explain.run;

import io.sparklrp.error.RecordException;
import io.sparklrp.record.RecordRelevance;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Goes on with records whose scores are known by running them again and again with their embeddings
 * replaced: those of several records share batches.
 */
final class ReplacedRun {
  /** Runs of so many batches are made at a time, unless a single record has more. */
  private static final int BATCHES_HELD = 64;

  private final EngineRunner engine;
  private final Parts parts;

  /** What runs there are of a record, and what becomes of them. */
  interface Parts {
    /** Tokens of all runs of a record of so many targets. */
    long tokens(AskedRecord record, int targets);

    /**
     * Runs records.
     *
     * @param records as they were asked
     * @param found what is known of each, one for each of its targets
     * @return in order, the same with relevance, or a failure
     */
    List<Outcome<List<RecordRelevance>>> run(
        List<AskedRecord> records, List<List<RecordRelevance>> found);
  }

  ReplacedRun(EngineRunner engine, Parts parts) {
    this.engine = engine;
    this.parts = parts;
  }

  /**
   * Runs records.
   *
   * @param found what is known of each, or its failure
   */
  List<Outcome<List<RecordRelevance>>> run(
      List<AskedRecord> records, List<Outcome<List<RecordRelevance>>> found) {
    List<Outcome<List<RecordRelevance>>> results = new ArrayList<>(found);
    List<Integer> toRun =
        IntStream.range(0, records.size()).boxed().filter(i -> isToRun(found.get(i))).toList();
    RunGroups.of(
            toRun,
            i -> parts.tokens(records.get(i), found.get(i).value().size()),
            (long) BATCHES_HELD * engine.limits().tokens())
        .forEach(group -> runGroup(group, records, found, results));
    return results;
  }

  private static boolean isToRun(Outcome<List<RecordRelevance>> found) {
    return found.failure().isEmpty()
        && found.value().stream().allMatch(target -> target.failure().isEmpty());
  }

  private void runGroup(
      List<Integer> group,
      List<AskedRecord> records,
      List<Outcome<List<RecordRelevance>>> found,
      List<Outcome<List<RecordRelevance>>> results) {
    List<Outcome<List<RecordRelevance>>> ran =
        parts.run(
            group.stream().map(records::get).toList(),
            group.stream().map(i -> found.get(i).value()).toList());
    for (int i = 0; i < ran.size(); i++) {
      results.set(group.get(i), ran.get(i));
    }
  }

  /** The first failure of some runs; empty where there is none. */
  static <T> Optional<RecordException> failure(List<Outcome<T>> runs) {
    return runs.stream().flatMap(run -> run.failure().stream()).findFirst();
  }
}
