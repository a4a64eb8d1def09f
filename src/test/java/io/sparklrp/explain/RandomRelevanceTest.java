package io.sparklrp.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.model.Procedure;
import io.sparklrp.record.AllLogits;
import io.sparklrp.record.RecordKey;
import io.sparklrp.record.RecordRelevance;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Random numbers that are the same wherever a record is. */
class RandomRelevanceTest {
  private static final long KEY = 6067775259001217112L;
  private static final double[] FIRST = {
    0.19669754239171458, -1.0200388358360513, -0.19271119306837933, -0.16487810255546337
  };

  private static double[] numbers(long seed, long key, int tokens) {
    RecordRelevance found =
        new RecordRelevance(
            new AllLogits(new float[] {1}), 0, null, 1, new float[tokens], new float[0]);
    RecordRelevance given =
        RandomRelevance.of(new Procedure.Random(seed), key, List.of(found)).get(0);
    return IntStream.range(0, tokens).mapToDouble(given::relevance).toArray();
  }

  @Test
  void hangOnTheRecordAndTheSeedAlone() {
    long key = RecordKey.ofId("17");
    assertThat(numbers(0, key, 9)).isEqualTo(numbers(0, key, 9));
    assertThat(numbers(0, key, 9)).isNotEqualTo(numbers(1, key, 9));
    assertThat(numbers(0, key, 9)).isNotEqualTo(numbers(0, RecordKey.ofId("18"), 9));
  }

  /** Computed apart from Java, by what SHA-256 and its generator are specified to give. */
  @Test
  void areTheSameOnEveryMachine() {
    assertThat(RecordKey.ofId("17")).isEqualTo(KEY);
    assertThat(numbers(0, KEY, 4)).containsExactly(FIRST, within(1e-6));
  }

  @Test
  void textsAndNamesAreToldApart() {
    assertThat(RecordKey.ofId("17")).isNotEqualTo(RecordKey.ofTexts(List.of("17")));
    assertThat(RecordKey.ofTexts(List.of("a b")))
        .isNotEqualTo(RecordKey.ofTexts(List.of("a", "b")));
  }

  @Test
  void areStandardNormal() {
    double[] many = numbers(3, 4, 20_000);
    double mean = java.util.Arrays.stream(many).average().orElseThrow();
    double square = java.util.Arrays.stream(many).map(x -> x * x).average().orElseThrow();
    assertThat(mean).isCloseTo(0, within(0.03));
    assertThat(square).isCloseTo(1, within(0.05));
  }
}
