package io.sparklrp.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.explain.run.BatchLimits;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The largest batch, and the most tokens that fit. */
class BatchMemoryTest {
  private static final ExplainSpec SPEC = SampleSpec.demo("predicted");
  private static final BatchMemory MEMORY = new BatchMemory(SPEC);
  private static final int MOST = 100_000;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void asManyTokensAsFitAndNoMore(long seed) {
    long bytes = (long) (MEMORY.ofRecord() * Math.exp(6 * new Random(seed).nextDouble() - 2));
    int tokens = MEMORY.tokensWithin(bytes, MOST);
    assertThat(tokens == 1 || MEMORY.of(tokens) <= bytes).as("seed %d", seed).isTrue();
    assertThat(tokens == MOST || MEMORY.of(tokens + 1) > bytes).as("seed %d", seed).isTrue();
  }

  @Test
  void allThatWasAskedForWhereItFits() {
    assertThat(MEMORY.tokensWithin(Long.MAX_VALUE, MOST)).isEqualTo(MOST);
    assertThat(MEMORY.tokensWithin(0, MOST)).isEqualTo(1);
  }

  /** Limits hold for batches, and not for the longest record, which is run alone. */
  @Test
  void aRecordIsRunAloneIfItMust() {
    long one = MEMORY.ofRecord();
    assertThat(MEMORY.of(new BatchLimits(2048, one / 2, Long.MAX_VALUE))).isEqualTo(one);
    assertThat(MEMORY.of(new BatchLimits(2048, one / 2, one / 3))).isEqualTo(one / 2);
    assertThat(MEMORY.of(new BatchLimits(MOST, 3 * one, Long.MAX_VALUE))).isEqualTo(3 * one);
    assertThat(MEMORY.of(BatchLimits.ofTokens(1))).isEqualTo(one);
  }

  /** What is known of targets counts: 16 are assumed where nothing is. */
  @Test
  void targetsCount() {
    long one = MEMORY.ofRecord();
    long two = new BatchMemory(SampleSpec.demo("top:2")).ofRecord();
    long all = new BatchMemory(SampleSpec.demo("all")).ofRecord();
    assertThat(two).isGreaterThan(one);
    assertThat(all).isGreaterThan(one);
  }
}
