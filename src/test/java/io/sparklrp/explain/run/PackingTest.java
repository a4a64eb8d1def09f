package io.sparklrp.explain.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.engine.BatchShape;
import io.sparklrp.engine.Batching;
import io.sparklrp.engine.MemoryFunction;
import io.sparklrp.engine.MemoryFunction.Term;
import io.sparklrp.engine.SampleRecords;
import io.sparklrp.record.RecordTargets;
import io.sparklrp.record.TargetWeights;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackingTest {
  private static final int BUDGET = 200;
  private static final BatchLimits LIMITS = BatchLimits.ofTokens(BUDGET);

  private static AskedRecord record(int length, int rows, int targets) {
    return new AskedRecord(
        SampleRecords.text(new long[length]),
        new RecordTargets(
            new long[rows], IntStream.range(0, targets).mapToObj(TargetWeights::of).toList()));
  }

  private static List<AskedRecord> records(Random random) {
    List<AskedRecord> records = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      records.add(record(1 + random.nextInt(40), random.nextInt(3), random.nextInt(6)));
    }
    return records;
  }

  /** 1 MB for each row of outputs and target. */
  private static final MemoryFunction MEMORY =
      new MemoryFunction(List.of(List.of(new Term(40 << 20, 1, 0, 1, 1))));

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void everyRecordIsInOneBatchWithinAllBudgets(long seed) {
    List<AskedRecord> records = records(new Random(seed));
    List<List<Integer>> batches = new Packing(Batching.PADDED, LIMITS, MEMORY).plan(records);
    assertThat(batches.stream().flatMap(List::stream).sorted().toList())
        .as("seed %d", seed)
        .isEqualTo(IntStream.range(0, records.size()).boxed().toList());
    for (List<Integer> batch : batches) {
      List<AskedRecord> in = batch.stream().map(records::get).toList();
      int width = in.stream().mapToInt(one -> one.record().length()).max().orElseThrow();
      int rows = in.stream().mapToInt(one -> one.asked().positions().length).max().orElseThrow();
      long targets = in.stream().map(one -> one.asked().targets().size()).distinct().count();
      BatchShape shape =
          new BatchShape(
              in.size(), width, Math.max(1, rows), Math.max(1, in.get(0).asked().targets().size()));
      assertThat(targets).isEqualTo(1);
      assertThat(in.size() == 1 || in.size() * width <= BUDGET).isTrue();
      assertThat(in.size() == 1 || MEMORY.bytes(shape) <= BatchLimits.USUAL_BYTES).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void noPassIsForNothing(long seed) {
    List<AskedRecord> records = records(new Random(seed));
    TargetChunks chunks = TargetChunks.of(records);
    List<AskedRecord> parts = chunks.parts();
    List<List<TargetWeights>> found = new ArrayList<>();
    records.forEach(record -> found.add(new ArrayList<>()));
    for (int i = 0; i < parts.size(); i++) {
      int owner = chunks.owner(i);
      assertThat(parts.get(i).record()).isSameAs(records.get(owner).record());
      assertThat(Integer.bitCount(parts.get(i).asked().targets().size())).isEqualTo(1);
      found.get(owner).addAll(parts.get(i).asked().targets());
    }
    for (int i = 0; i < records.size(); i++) {
      assertThat(found.get(i)).as("seed %d", seed).isEqualTo(records.get(i).asked().targets());
    }
    int passes = 0;
    for (List<Integer> batch : new Packing(Batching.PADDED, LIMITS, MEMORY).plan(parts)) {
      passes += batch.size() * parts.get(batch.get(0)).asked().targets().size();
    }
    assertThat(passes)
        .isEqualTo(records.stream().mapToInt(one -> one.asked().targets().size()).sum());
  }

  @Test
  void recordsOfOneNumberOfTargetsAreNotSplit() {
    List<AskedRecord> records = List.of(record(3, 0, 5), record(7, 0, 5));
    assertThat(TargetChunks.of(records).parts()).isEqualTo(records);
  }

  /** A record of which it is certain that it does not fit is refused, alone and by its own size. */
  @Test
  void recordsThatCannotFitAreRefused() {
    BatchLimits limits = new BatchLimits(BUDGET, 200L << 20, 300L << 20);
    Packing packing = new Packing(Batching.PADDED, limits, MEMORY);
    List<AskedRecord> records = List.of(record(9, 2, 1), record(9, 9, 1), record(9, 5, 1));
    List<List<Integer>> batches = packing.plan(records);
    assertThat(batches).hasSize(3);
    for (List<Integer> batch : batches) {
      boolean isRefused = batch.equals(List.of(1));
      assertThat(packing.refusal(batch.stream().map(records::get).toList()).isPresent())
          .isEqualTo(isRefused);
    }
    assertThat(packing.refusal(List.of(records.get(1))).orElseThrow())
        .hasMessageStartingWith("The record's 9 tokens need 360 MiB of native memory")
        .hasMessageContaining("there are 300.");
  }

  @Test
  void limitsFallByHalfOfWhatFailed() {
    BatchLimits limits = new BatchLimits(BUDGET, 1000, 5000);
    assertThat(limits.below(900)).isEqualTo(new BatchLimits(BUDGET, 450, 5000));
    assertThat(limits.below(4000)).isEqualTo(limits);
    assertThat(limits.below(0).bytes()).isEqualTo(1);
  }
}
