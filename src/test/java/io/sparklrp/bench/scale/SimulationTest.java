package io.sparklrp.bench.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class SimulationTest {
  private static final double NEVER = Double.POSITIVE_INFINITY;
  private static final double UNIT = 300;
  private static final ModelShape SHAPE =
      new ModelShape("", "", 2, 1, 1, 1, 2, 0, 1, "", List.of(), Map.of());

  /** A second for 100 tokens. */
  private static final RecordCost COST =
      new RecordCost(SHAPE, new EngineSpeed(NEVER, NEVER), 0, 0.01);

  private static final LengthDistribution LENGTHS =
      new LengthDistribution("", "", List.of(10.0, 30.0, 90.0));

  @RepeatedTest(20)
  void withoutFailuresAllEndsWithinAUnitOfTheIdeal(RepetitionInfo repetition) {
    int seed = repetition.getCurrentRepetition();
    SplittableRandom random = new SplittableRandom(seed);
    Cluster cluster = cluster(1 + random.nextInt(9), NEVER, NEVER);
    Workload work = work(random.nextLong(1_000, 5_000_000), cluster);
    Outcome outcome = Simulation.run(work, cluster, Delays.NONE, seed);
    double ideal = outcome.work() / cluster.cores();
    double longest =
        IntStream.range(0, work.tasks())
            .mapToDouble(i -> work.seconds(i, seed))
            .max()
            .orElseThrow();
    assertThat(outcome.seconds())
        .as("seed %d", seed)
        .isBetween(ideal * (1 - 1e-9), ideal + longest);
    assertThat(outcome.lost()).isZero();
    assertThat(outcome.work()).isCloseTo(work.coreSeconds(), within(0.05 * work.coreSeconds()));
  }

  @RepeatedTest(10)
  void allWorkIsKeptOnceWhateverFails(RepetitionInfo repetition) {
    int seed = repetition.getCurrentRepetition();
    Cluster steady = cluster(5, NEVER, NEVER);
    Cluster failing = cluster(5, 2_000, 10_000);
    Workload work = work(1_000_000, steady);
    Outcome calm = Simulation.run(work, steady, DELAYS, seed);
    Outcome rough = Simulation.run(work, failing, DELAYS, seed);
    assertThat(rough.failures()).as("seed %d", seed).isPositive();
    assertThat(rough.work()).isCloseTo(calm.work(), within(1e-6 * calm.work()));
    assertThat(rough.seconds()).isGreaterThan(calm.seconds());
    assertThat(rough.lost()).isPositive();
  }

  @Test
  void moreFailuresLoseMore() {
    Workload work = work(2_000_000, cluster(10, NEVER, NEVER));
    double[] lost =
        IntStream.of(200_000, 20_000, 2_000)
            .mapToDouble(mtbf -> meanLost(work, cluster(10, mtbf, NEVER)))
            .toArray();
    assertThat(lost[0]).isLessThan(lost[1]);
    assertThat(lost[1]).isLessThan(lost[2]);
  }

  @Test
  void aFailureLosesHalfOfAUnitOnEachCore() {
    Cluster cluster = cluster(10, 20_000, NEVER);
    Workload work = work(5_000_000, cluster);
    double unit = work.coreSeconds() / work.tasks();
    double lost = 0;
    double tasks = 0;
    for (int seed = 0; seed < 20; seed++) {
      Outcome outcome = Simulation.run(work, cluster, Delays.NONE, seed);
      lost += outcome.lost();
      tasks += outcome.lostTasks();
    }
    assertThat(tasks).isGreaterThan(1_000);
    assertThat(lost / tasks).isCloseTo(unit / 2, within(0.1 * unit));
  }

  @Test
  void aDriverThatFailsLosesWhatRunsAndNoMore() {
    Cluster cluster = cluster(3, NEVER, 5_000);
    Workload work = work(2_000_000, cluster);
    Outcome outcome = Simulation.run(work, cluster, DELAYS, 7);
    assertThat(outcome.driverFailures()).isPositive();
    assertThat(outcome.failures()).isZero();
    assertThat(outcome.lostTasks()).isLessThanOrEqualTo(outcome.driverFailures() * cluster.cores());
  }

  @Test
  void aTaskThatFailsTooOftenEndsTheJob() {
    Workload work = work(1_000_000, cluster(5, NEVER, NEVER));
    Outcome patient = Simulation.run(work, cluster(5, 1_000, NEVER), DELAYS, 2);
    Outcome strict = Simulation.run(work, new Cluster(5, 4, 0, 1, 1_000, NEVER, 2), DELAYS, 2);
    assertThat(patient.isComplete()).isTrue();
    assertThat(strict.isComplete()).isFalse();
    assertThat(strict.work()).isPositive().isLessThan(patient.work());
  }

  @Test
  void slowNodesDoLess() {
    Workload work = work(2_000_000, cluster(4, NEVER, NEVER));
    Outcome even = Simulation.run(work, cluster(4, NEVER, NEVER), Delays.NONE, 1);
    Cluster halfSlow = new Cluster(4, 4, 0.5, 2, NEVER, NEVER, 8);
    Outcome slow = Simulation.run(work, halfSlow, Delays.NONE, 1);
    assertThat(slow.seconds() / even.seconds()).isBetween(4 / 3.0 - 0.01, 4 / 3.0 + 0.1);
  }

  @Test
  void theSameSeedGivesTheSameJob() {
    Cluster cluster = cluster(5, 3_000, 20_000);
    Workload work = work(500_000, cluster);
    assertThat(Simulation.run(work, cluster, DELAYS, 3))
        .isEqualTo(Simulation.run(work, cluster, DELAYS, 3))
        .isNotEqualTo(Simulation.run(work, cluster, DELAYS, 4));
  }

  private static final Delays DELAYS = new Delays(0.001, 0.1, 5, 5, 60, 100, 10, 300, 1e-4);

  private static Cluster cluster(int nodes, double mtbf, double driverMtbf) {
    return new Cluster(nodes, 4, 0, 1, mtbf, driverMtbf, Integer.MAX_VALUE);
  }

  private static Workload work(long records, Cluster cluster) {
    return Workload.cut(records, LENGTHS, COST, cluster.cores(), UNIT, Integer.MAX_VALUE);
  }

  private static double meanLost(Workload work, Cluster cluster) {
    return IntStream.range(0, 5)
        .mapToDouble(seed -> Simulation.run(work, cluster, Delays.NONE, seed).lost())
        .average()
        .orElseThrow();
  }
}
