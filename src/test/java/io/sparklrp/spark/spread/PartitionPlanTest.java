package io.sparklrp.spark.spread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.spark.spread.PartitionPlan.Spread;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PartitionPlanTest {
  private static final double RATE = 1e10;
  private static final TaskSizing EIGHT = new TaskSizing(8, RATE, 300);

  /** Work of so many seconds in one partition of many small records. */
  private static InputPart part(double seconds) {
    return new InputPart(10_000, 300_000, seconds * RATE, seconds * RATE / 10_000);
  }

  private static List<InputPart> parts(int count, double seconds) {
    return IntStream.range(0, count).mapToObj(i -> part(seconds)).toList();
  }

  private static PartitionPlan plan(List<InputPart> parts) {
    return PartitionPlan.of(parts, EIGHT, true, false);
  }

  @Test
  void whatIsFineIsLeftAlone() {
    assertThat(plan(parts(8, 200)).spread()).isEqualTo(Spread.AS_THEY_ARE);
    assertThat(plan(parts(80, 250)).spread()).isEqualTo(Spread.AS_THEY_ARE);
    assertThat(plan(parts(1, .5)).spread()).isEqualTo(Spread.AS_THEY_ARE);
  }

  @Test
  void smallInputIsSpreadOverAllCores() {
    PartitionPlan plan = plan(List.of(part(16)));
    assertThat(plan.spread()).isEqualTo(Spread.DEALT);
    assertThat(plan.tasks()).isEqualTo(8);
  }

  @Test
  void manySmallPartitionsAreJoinedWhereTheyAreRead() {
    PartitionPlan plan = plan(parts(50_000, .05));
    assertThat(plan.spread()).isEqualTo(Spread.JOINED);
    assertThat(plan.tasks()).isBetween(8, 32);
  }

  @Test
  void aSplitOfHoursIsDivided() {
    PartitionPlan plan = plan(parts(2, 12_000));
    assertThat(plan.spread()).isEqualTo(Spread.DEALT);
    assertThat(plan.tasks()).isEqualTo(80);
  }

  @Test
  void oneLargePartitionAmongManySmallOnesIsDividedToo() {
    List<InputPart> parts = new ArrayList<>(parts(500, 3));
    parts.set(77, part(4000));
    assertThat(plan(parts).spread()).isEqualTo(Spread.DEALT);
  }

  @Test
  void rowsInNoOrderAreDealtOneByOne() {
    assertThat(PartitionPlan.of(parts(1, 5000), EIGHT, false, false).spread())
        .isEqualTo(Spread.ROUND_ROBIN);
  }

  @Test
  void filesOfOneRecordEachAreNotMoved() {
    assertThat(PartitionPlan.of(parts(1, 5000), EIGHT, true, true).spread())
        .isEqualTo(Spread.SMALLER_SPLITS);
  }

  @Test
  void nothingIsOneTaskOfNothing() {
    PartitionPlan plan = plan(List.of(new InputPart(0, 0, 0, 0)));
    assertThat(plan.tasks()).isEqualTo(1);
    assertThat(plan.spread()).isEqualTo(Spread.AS_THEY_ARE);
    assertThat(plan(List.of()).tasks()).isEqualTo(1);
  }

  @Test
  void neighboursAreJoinedAsSparkDoes() {
    assertThat(PartitionPlan.joined(new double[] {1, 2, 4, 8, 16}, 2)).containsExactly(3, 28);
  }

  /**
   * All cores end at about the same time, whatever the corpus, the model, the number of cores and
   * the input's own partitions: no later than 1.15 times the time of cores that share the work
   * without rest. Where a task has room for less than ten of the longest records, it may be one of
   * them too long.
   */
  @ParameterizedTest
  @EnumSource(RandomCorpus.Lengths.class)
  void coresEndTogether(RandomCorpus.Lengths lengths) {
    for (long seed = 0; seed < 150; seed++) {
      RandomCorpus corpus = RandomCorpus.of(seed, lengths);
      PartitionPlan plan = PartitionPlan.of(corpus.parts(), corpus.sizing(), true, false);
      double[] tasks = corpus.tasks(plan);
      String what = String.format("seed %d: %s, %s", seed, corpus, plan.spread());
      double all = plan.operations();
      assertThat(Arrays.stream(tasks).sum()).as(what).isCloseTo(all, within(1e-6 * all));
      assertLongest(corpus, plan, tasks, what);
      if (corpus.sizing().seconds(all) >= corpus.sizing().cores() * TaskSizing.LEAST_SECONDS) {
        assertMakespan(corpus, plan, tasks, what);
      }
    }
  }

  private static void assertMakespan(
      RandomCorpus corpus, PartitionPlan plan, double[] tasks, String what) {
    int cores = corpus.sizing().cores();
    double largest = plan.all().largest();
    double ideal = Math.max(plan.operations() / cores, largest);
    double waves = Math.ceil((double) tasks.length / cores);
    double bound = PartitionPlan.BEARABLE * ideal;
    if (plan.operations() / plan.tasks() < 10 * largest) {
      bound = Math.max(bound, ideal + waves * largest);
    }
    assertThat(Makespan.of(tasks, cores) / ideal).as(what).isLessThanOrEqualTo(bound / ideal);
  }

  /** What a failure undoes is bounded. */
  private static void assertLongest(
      RandomCorpus corpus, PartitionPlan plan, double[] tasks, String what) {
    double longest = corpus.sizing().seconds(Arrays.stream(tasks).max().orElse(0));
    double largest = corpus.sizing().seconds(plan.all().largest());
    double ofSmallJob = TaskSizing.LEAST_SECONDS * corpus.sizing().cores();
    assertThat(longest)
        .as(what)
        .isLessThanOrEqualTo(
            Math.max(ofSmallJob, 1.25 * corpus.sizing().taskSeconds() + 2 * largest));
  }
}
