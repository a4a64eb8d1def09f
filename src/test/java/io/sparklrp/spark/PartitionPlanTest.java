package io.sparklrp.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.explain.input.LengthEstimate;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LocalSpark.class)
class PartitionPlanTest {
  private static final long TASK = PartitionPlan.TOKENS_PER_TASK;

  @Test
  void thereIsAlwaysATask() {
    Random random = new Random(1);
    for (int i = 0; i < 1000; i++) {
      long records = random.nextInt(100_000);
      long tokens = records * (1 + random.nextInt(500));
      int present = records == 0 ? 0 : (int) Math.min(records, 1 + random.nextInt(300));
      long largest =
          present == 0 ? 0 : Math.max(tokens / present, (long) (tokens * random.nextDouble()));
      int cores = 1 + random.nextInt(64);
      PartitionPlan plan = PartitionPlan.of(records, tokens, largest, present, cores);
      assertThat(plan.partitions()).as("%s, %d cores", plan, cores).isPositive();
      assertThat(plan.records()).isEqualTo(records);
      if (!plan.repartitioned()) {
        assertThat(plan.partitions()).isEqualTo(Math.max(1, present));
        assertThat(largest).isLessThanOrEqualTo(2 * TASK);
      }
    }
  }

  @Test
  void whatIsFineIsLeftAlone() {
    assertThat(PartitionPlan.of(8000, 8 * TASK, TASK, 8, 8).repartitioned()).isFalse();
    assertThat(PartitionPlan.of(8000, 8 * TASK, TASK / 10, 90, 8).repartitioned()).isFalse();
    assertThat(PartitionPlan.of(100, 2000, 600, 4, 4).repartitioned()).isFalse();
  }

  @Test
  void smallInputIsSpreadOverAllCores() {
    PartitionPlan plan = PartitionPlan.of(1000, 20_000, 20_000, 1, 8);
    assertThat(plan.repartitioned()).isTrue();
    assertThat(plan.partitions()).isEqualTo(8);
    assertThat(PartitionPlan.of(3, 60, 60, 1, 8).partitions()).isEqualTo(3);
  }

  @Test
  void aSplitOfHoursIsDivided() {
    PartitionPlan plan = PartitionPlan.of(1_000_000, 100 * TASK, 50 * TASK, 2, 8);
    assertThat(plan.repartitioned()).isTrue();
    assertThat(plan.partitions()).isBetween(100, 110);
  }

  @Test
  void oneLargeSplitAmongManySmallOnesIsDividedToo() {
    PartitionPlan plan = PartitionPlan.of(1_000_000, 100 * TASK, 90 * TASK, 500, 8);
    assertThat(plan.repartitioned()).isTrue();
    assertThat(plan.partitions()).isGreaterThanOrEqualTo(100);
  }

  @Test
  void tokensAreEstimatedFromTheLengthsOfBothTexts() {
    Dataset<Row> rows =
        LocalSpark.table(
            "`a.b` STRING, b STRING",
            LocalSpark.row("x".repeat(40), "y".repeat(40)),
            LocalSpark.row(null, "z".repeat(4000)),
            LocalSpark.row(null, null));
    PartitionPlan plan =
        PartitionPlan.of(rows, new LengthEstimate.Cut(List.of("a.b", "b"), 100), 1);
    assertThat(plan.records()).isEqualTo(3);
    assertThat(plan.tokens()).isEqualTo(22 + 100 + 2);
    assertThat(plan.partitions()).isEqualTo(1);
  }

  @Test
  void aPlanIsCarriedOut() {
    Dataset<Row> rows = LocalSpark.session().range(0, 100, 1, 1).toDF();
    assertThat(new PartitionPlan(100, 1000, 7, true).apply(rows).rdd().getNumPartitions())
        .isEqualTo(7);
    assertThat(new PartitionPlan(100, 1000, 1, false).apply(rows)).isSameAs(rows);
  }

  @Test
  void nothingIsOneTaskOfNothing() {
    Dataset<Row> rows = LocalSpark.table("text STRING");
    PartitionPlan plan = PartitionPlan.of(rows, new LengthEstimate.Cut(List.of("text"), 100), 2);
    assertThat(plan.records()).isZero();
    assertThat(plan.partitions()).isEqualTo(1);
  }
}
