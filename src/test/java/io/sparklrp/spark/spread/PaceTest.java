package io.sparklrp.spark.spread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaceTest {
  private static Pace.Mark mark(double seconds, long tokens) {
    return new Pace.Mark(seconds, tokens / 10, tokens * 1e6, tokens, 0);
  }

  @Test
  void aSteadyRunIsToldAsItIs() {
    Pace pace = new Pace(1000, 10_000e6, 0);
    for (int second = 1; second <= 50; second++) {
      pace.add(mark(second, 100L * second));
    }
    assertThat(pace.share()).isEqualTo(.5);
    assertThat(pace.tokensPerSecond()).isCloseTo(100, within(1e-9));
    assertThat(pace.secondsLeft(50)).isCloseTo(50, within(1e-9));
    assertThat(pace.line(50))
        .isEqualTo("50 %, 500 of 1,000 records, 100 tokens/s, 0 errors, 50 s left");
  }

  /** A start that took long is forgotten, and counts that come in lumps make no falling rate. */
  @Test
  void onlyTheLastMinuteCounts() {
    Pace pace = new Pace(1000, 100_000e6, 0);
    for (int second = 300; second <= 400; second++) {
      long lump = (second - 300) / 10 * 10L;
      pace.add(mark(second, 1000 + 100 * lump));
    }
    assertThat(pace.tokensPerSecond()).isCloseTo(100, within(20.0));
    double left = pace.secondsLeft(400);
    assertThat(pace.secondsLeft(405))
        .as("time goes on between counts")
        .isCloseTo(left - 5, within(1e-9));
  }

  @Test
  void nothingIsKnownBeforeTheFirstBatch() {
    Pace pace = new Pace(1234, 1e9, 0);
    pace.add(mark(5, 0));
    assertThat(pace.line(5)).isEqualTo("0 of 1,234 records, starting");
    assertThat(pace.secondsLeft(5)).isInfinite().isPositive();
    assertThat(new Pace(0, 0, 0).share()).isZero();
  }

  /** What tasks of a lost executor had done is taken back, and comes again. */
  @Test
  void whatIsLostIsNoPace() {
    Pace pace = new Pace(1000, 10_000e6, 0);
    for (int second = 300; second <= 400; second += 20) {
      pace.add(mark(second, 5000 - 10L * second));
    }
    assertThat(pace.tokensPerSecond()).isZero();
    assertThat(pace.line(400)).contains(" 0 tokens/s").endsWith("some time left");
  }

  @Test
  void sharesAndTimesStayInTheirBounds() {
    for (long seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      Pace pace = new Pace(random.nextInt(1000), random.nextDouble() * 1e9, 0);
      double now = 0;
      long tokens = 0;
      for (int i = 0; i < 50; i++) {
        now += random.nextDouble() * 30;
        tokens += random.nextInt(4) == 0 ? -Math.min(tokens, 3) : random.nextInt(1000);
        pace.add(mark(now, tokens));
        assertThat(pace.share()).as("seed %d", seed).isBetween(0.0, 1.0);
        assertThat(pace.line(now)).as("seed %d", seed).doesNotContain("NaN").doesNotContain("∞");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 s",
    "59.4, 59 s",
    "72, 1 min 12 s",
    "1234, 21 min",
    "3599, 1 h 00 min",
    "90000, 25 h 00 min",
    "Infinity, some time",
    "NaN, some time"
  })
  void durationsAreReadable(double seconds, String written) {
    assertThat(Pace.duration(seconds)).isEqualTo(written);
  }
}
