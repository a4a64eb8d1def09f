package io.sparklrp.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.record.EncodedText;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchesTest {
  private static List<EncodedText> texts(int... lengths) {
    return IntStream.of(lengths).mapToObj(length -> SampleRecords.text(new long[length])).toList();
  }

  private static List<List<Integer>> plan(List<EncodedText> texts, int budget) {
    return Batching.PADDED.plan(texts.stream().mapToInt(EncodedText::length).toArray(), budget);
  }

  private static List<EncodedText> random(Random random) {
    int longest = 1 + random.nextInt(300);
    return texts(random.ints(random.nextInt(200), 1, longest + 1).toArray());
  }

  @ParameterizedTest
  @ValueSource(longs = {41, 42, 43, 44, 45, 46})
  void planOfRandomLengths(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 20; round++) {
      List<EncodedText> texts = random(random);
      int budget = 1 + random.nextInt(2000);
      String which = String.format("seed %d, round %d, budget %d", seed, round, budget);
      List<List<Integer>> plan = plan(texts, budget);
      List<Integer> order = plan.stream().flatMap(List::stream).toList();
      assertThat(order)
          .as(which)
          .containsExactlyInAnyOrderElementsOf(IntStream.range(0, texts.size()).boxed().toList());
      assertThat(order.stream().map(i -> -texts.get(i).length())).as(which).isSorted();
      plan.forEach(batch -> checkBudget(batch, texts, budget, which));
      checkFull(plan, texts, budget, which);
    }
  }

  private static void checkBudget(
      List<Integer> batch, List<EncodedText> texts, int budget, String which) {
    assertThat(batch).as(which).isNotEmpty();
    if (batch.size() > 1) {
      int width = batch.stream().mapToInt(i -> texts.get(i).length()).max().orElseThrow();
      assertThat(batch.size() * width).as(which).isLessThanOrEqualTo(budget);
    }
  }

  /** No batch ends while the next record would still fit. */
  private static void checkFull(
      List<List<Integer>> plan, List<EncodedText> texts, int budget, String which) {
    for (List<Integer> batch : plan.subList(0, Math.max(0, plan.size() - 1))) {
      int width = texts.get(batch.get(0)).length();
      assertThat((batch.size() + 1) * width).as(which).isGreaterThan(budget);
    }
  }

  @Test
  void aRecordBeyondTheBudgetIsAlone() {
    assertThat(plan(texts(2, 500, 2, 300), 10))
        .containsExactly(List.of(1), List.of(3), List.of(0, 2));
  }

  @Test
  void aHugeBudgetDoesNotOverflow() {
    assertThat(plan(texts(9, 8, 7), Integer.MAX_VALUE)).containsExactly(List.of(0, 1, 2));
  }

  @Test
  void noRecordsAreNoBatches() {
    assertThat(plan(List.of(), 100)).isEmpty();
  }

  @Test
  void noGroupHasMoreRecordsThanAreAllowed() {
    assertThat(Batches.plan(new int[] {3, 3, 3, 3, 3}, 1000, 2, false))
        .containsExactly(List.of(0, 1), List.of(2, 3), List.of(4));
  }

  @Test
  void recordsOfSeveralLengthsAreApartWhereTheyMayNotBePadded() {
    assertThat(Batches.plan(new int[] {2, 3, 2, 3, 1}, 1000, 100, true))
        .containsExactly(List.of(1, 3), List.of(0, 2), List.of(4));
  }
}
