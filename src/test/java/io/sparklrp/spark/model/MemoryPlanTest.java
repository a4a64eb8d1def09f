package io.sparklrp.spark.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.engine.EngineMemory;
import io.sparklrp.explain.BatchMemory;
import io.sparklrp.explain.ExplainSpec;
import io.sparklrp.explain.SampleSpec;
import io.sparklrp.explain.run.BatchLimits;
import io.sparklrp.spark.job.ExecutorResources;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is needed, what there is, and how batches are cut to it. */
class MemoryPlanTest {
  private static final ExplainSpec SPEC = SampleSpec.demo("predicted");
  private static final BatchMemory BATCHES = new BatchMemory(SPEC);
  private static final long MEBIBYTE = 1L << 20;
  private static final int MANY = 1000;

  private static MemoryPlan plan(int batchTokens, int tasks, OptionalLong besideHeap) {
    return MemoryPlan.of(
        SPEC, Optional.empty(), batchTokens, new ExecutorResources(tasks, besideHeap, false), MANY);
  }

  private static long fixed() {
    return MemoryPlan.OF_JVM + EngineMemory.ofWeights(SPEC.program());
  }

  /** What the cut batches take of an executor's memory, all tasks together. */
  private static long taken(MemoryPlan plan, int tasks) {
    return fixed() + tasks * EngineMemory.ofValues(BATCHES.of(plan.batches()));
  }

  @Test
  void eachTaskAndEachTokenCounts() {
    long one = plan(2048, 1, OptionalLong.empty()).needed();
    long two = plan(2048, 2, OptionalLong.empty()).needed();
    long large = plan(4096, 1, OptionalLong.empty()).needed();
    long batch = EngineMemory.ofValues(BATCHES.of(2048)) / MEBIBYTE;
    assertThat(two - one).isBetween(batch - 1, batch + 1);
    assertThat(large - one).isBetween(batch - 1, batch + 1);
    assertThat(one).isGreaterThan(fixed() / MEBIBYTE + batch - 1);
  }

  @Test
  void tasksThatThereAreNotTakeNothing() {
    ExecutorResources many = new ExecutorResources(64, OptionalLong.empty(), false);
    assertThat(MemoryPlan.of(SPEC, Optional.empty(), 2048, many, 2).needed())
        .isEqualTo(plan(2048, 2, OptionalLong.empty()).needed());
  }

  /** The float32 model that a precision is compared with is loaded beside it. */
  @Test
  void aReferenceCountsByItsWeights() {
    ExecutorResources has = new ExecutorResources(1, OptionalLong.empty(), false);
    long without = MemoryPlan.of(SPEC, Optional.empty(), 2048, has, MANY).needed();
    long weights = EngineMemory.ofWeights(SPEC.program()) / MEBIBYTE;
    assertThat(MemoryPlan.of(SPEC, Optional.of(SPEC), 2048, has, MANY).needed() - without)
        .isBetween(weights - 1, weights + 1);
  }

  @Test
  void whereThereIsEnoughNothingIsCutAndNothingSaid() {
    long needed = plan(2048, 2, OptionalLong.empty()).needed();
    MemoryPlan plan = plan(2048, 2, OptionalLong.of(needed * MEBIBYTE));
    assertThat(plan.notes()).isEmpty();
    assertThat(plan.batches().tokens()).isEqualTo(2048);
    assertThat(plan.batches().recordBytes()).isEqualTo(needed * MEBIBYTE);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void batchesAreCutToWhatThereIs(long seed) {
    Random random = new Random(seed);
    int tasks = 1 + random.nextInt(4);
    int asked = 2048 + random.nextInt(20_000);
    long least = fixed() + tasks * EngineMemory.ofValues(BATCHES.ofRecord() + 20 * MEBIBYTE);
    long needed = plan(asked, tasks, OptionalLong.empty()).needed() * MEBIBYTE;
    long room = least + (long) (random.nextDouble() * (needed - MEBIBYTE - least));
    MemoryPlan plan = plan(asked, tasks, OptionalLong.of(room));
    assertThat(taken(plan, tasks)).as("seed %d", seed).isLessThanOrEqualTo(room);
    assertThat(plan.batches().tokens()).as("seed %d", seed).isLessThan(asked);
    assertThat(plan.needed()).isEqualTo(needed / MEBIBYTE);
    assertThat(plan.notes())
        .singleElement()
        .asString()
        .contains(
            String.format("cut to %,d tokens", plan.batches().tokens()),
            String.format("--batch-tokens %,d", asked),
            "spark.executor.memoryOverhead to " + plan.needed() + "m");
  }

  /** The model alone is more: nothing is refused for it, since what is needed is an estimate. */
  @Test
  void whereNotEvenTheModelFitsItIsSaid() {
    MemoryPlan plan = plan(2048, 1, OptionalLong.of(fixed() / 2));
    assertThat(plan.notes()).singleElement().asString().contains("memory may still be short");
    assertThat(plan.batches().tokens()).isBetween(1, 2047);
    assertThat(plan.batches().recordBytes()).isEqualTo(fixed() / 2);
  }

  @Test
  void hugeBatchesAreCutWhateverThereIs() {
    MemoryPlan plan = plan(100_000_000, 1, OptionalLong.empty());
    assertThat(BATCHES.of(plan.batches())).isLessThanOrEqualTo(BatchLimits.USUAL_BYTES);
    assertThat(plan.notes())
        .singleElement()
        .asString()
        .contains("(--batch-tokens 100,000,000)", "1,024 MiB");
  }
}
