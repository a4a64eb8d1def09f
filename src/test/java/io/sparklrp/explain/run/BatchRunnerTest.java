package io.sparklrp.explain.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.engine.Batching;
import io.sparklrp.engine.EngineFailure;
import io.sparklrp.engine.SampleRecords;
import io.sparklrp.engine.TokenBatch;
import io.sparklrp.record.EncodedText;
import io.sparklrp.record.RecordRelevance;
import io.sparklrp.record.RecordTargets;
import io.sparklrp.record.TargetWeights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A batch at which the engine fails loses only the records that are to blame. */
class BatchRunnerTest {
  private static final String OUT_OF_MEMORY =
      "Error code - ORT_RUNTIME_EXCEPTION - message: Non-zero status code returned while running MatMul"
          + " node. Name:'/attention/MatMul' Status Message: Failed to allocate memory for requested buffer"
          + " of size 123456789";
  private static final String OUT_OF_BOUNDS =
      "Error code - ORT_INVALID_ARGUMENT - message: Non-zero status code returned while running Gather"
          + " node. Name:'/secret/Gather' Status Message: indices element out of data bounds, idx=4711";

  private final List<Integer> sizes = new ArrayList<>();

  private static TokenBatch batch(int... lengths) {
    List<EncodedText> texts =
        Arrays.stream(lengths).mapToObj(n -> SampleRecords.text(new long[n])).toList();
    return TokenBatch.of(texts, texts.stream().map(text -> RecordTargets.NONE).toList());
  }

  /** An engine whose result says how many tokens the record has, and that fails at some batches. */
  private BatchRunner<List<RecordRelevance>> runner(Predicate<TokenBatch> fails, String words) {
    return new BatchRunner<>(
        Batching.PADDED,
        batch -> {
          sizes.add(batch.size());
          if (fails.test(batch)) {
            throw EngineFailure.of(batch.size(), batch.width(), new IllegalStateException(words));
          }
          return batch.texts().stream()
              .map(t -> List.of(SampleRecords.found(new float[] {t.length()}, 0, 0, new float[0])))
              .toList();
        });
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void recordsToBlameAreFoundAndNoOthersAreHarmed(long seed) {
    Random random = new Random(seed);
    int[] lengths = random.ints(1 + random.nextInt(40), 1, 50).toArray();
    Set<Integer> bad = new TreeSet<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      bad.add(lengths[random.nextInt(lengths.length)]);
    }
    List<Outcome<List<RecordRelevance>>> found =
        runner(
                batch -> batch.texts().stream().anyMatch(text -> bad.contains(text.length())),
                OUT_OF_BOUNDS)
            .run(batch(lengths));
    assertThat(found).hasSize(lengths.length);
    for (int i = 0; i < lengths.length; i++) {
      String which = String.format("seed %d, record %d, bad %s", seed, i, bad);
      assertThat(found.get(i).failure().isPresent()).as(which).isEqualTo(bad.contains(lengths[i]));
      if (found.get(i).failure().isEmpty()) {
        assertThat(found.get(i).value().get(0).logits()[0]).as(which).isEqualTo(lengths[i]);
      }
    }
  }

  @Test
  void errorNamesThePlaceAndNothingOfTheRecord() {
    Outcome<List<RecordRelevance>> found =
        runner(batch -> true, OUT_OF_BOUNDS).run(batch(3)).get(0);
    assertThat(found.failure().orElseThrow().kind()).isEqualTo("engine");
    assertThat(found.failure().orElseThrow())
        .hasMessage("The engine fails at the record at node /secret/Gather (Gather).");
  }

  /** As much as fits is run: batches are made smaller, and no record fails. */
  @Test
  void shortMemoryMakesBatchesSmaller() {
    List<Outcome<List<RecordRelevance>>> found =
        runner(batch -> batch.size() * batch.width() > 20, OUT_OF_MEMORY)
            .run(batch(8, 8, 7, 6, 5, 4, 3, 2));
    assertThat(found).allMatch(outcome -> outcome.failure().isEmpty());
    assertThat(sizes).contains(8, 4, 2);
  }

  @Test
  void memoryThatIsTooShortForOneRecordIsItsErrorAndSaysSo() {
    List<Outcome<List<RecordRelevance>>> found =
        runner(batch -> batch.size() * batch.width() > 20, OUT_OF_MEMORY).run(batch(8, 30));
    assertThat(found.get(0).failure()).isEmpty();
    assertThat(found.get(1).failure().orElseThrow().kind()).isEqualTo("engine");
    assertThat(found.get(1).failure().orElseThrow())
        .hasMessageContaining("not enough memory for the record's 30 tokens");
  }

  @Test
  void targetsAndSeedsFollowTheirRecords() {
    List<TokenBatch> seen = new ArrayList<>();
    TokenBatch whole =
        new TokenBatch(
            batch(1, 2, 3).texts(),
            new float[][] {{1}, {2}, {3}},
            List.of(
                RecordTargets.of(TargetWeights.of(1)),
                RecordTargets.of(TargetWeights.of(2)),
                RecordTargets.of(TargetWeights.of(3))));
    new BatchRunner<>(
            Batching.PADDED,
            batch -> {
              seen.add(batch);
              throw EngineFailure.of(batch.size(), batch.width(), new IllegalStateException(""));
            })
        .run(whole);
    assertThat(seen).hasSize(5);
    for (TokenBatch batch : seen) {
      for (int i = 0; i < batch.size(); i++) {
        int number = batch.texts().get(i).length();
        assertThat(batch.seeds()[i]).containsExactly(number);
        assertThat(batch.targets().get(i).targets().get(0).index()).containsExactly(number);
      }
    }
  }

  @Test
  void recordsThatDoNotFitTheGraphAreNotRun() {
    Batching fixed = Batching.PADDED.fixed(4, Batching.FREE, false);
    List<Outcome<List<RecordRelevance>>> found =
        new BatchRunner<>(
                fixed,
                batch -> {
                  sizes.add(batch.size());
                  return batch.texts().stream().map(text -> List.<RecordRelevance>of()).toList();
                })
            .run(batch(4, 3, 4, 5));
    assertThat(sizes).containsExactly(2);
    assertThat(found.get(1).failure().orElseThrow().kind()).isEqualTo("length");
    assertThat(found.get(1).failure().orElseThrow()).hasMessageContaining("exactly 4 tokens");
    assertThat(found.get(0).failure()).isEmpty();
  }
}
