package io.sparklrp.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Means with intervals, whatever parts records come in. */
class BootstrapTest {
  private static final long SEED = 20;

  private static Judged judged(double auac, double x, double y) {
    return new Judged(auac, 1, 1, Double.NaN, Highlights.Agreement.NONE, x, y);
  }

  private static Judged judged(double auac) {
    return judged(auac, auac, auac);
  }

  @Test
  void intervalsAreThoseOfTheMean() {
    Random random = new Random(SEED);
    Bootstrap bootstrap = new Bootstrap(1000, SEED, "a");
    int n = 2000;
    for (int i = 0; i < n; i++) {
      bootstrap.add(i, Map.of("a", judged(3 + random.nextGaussian())));
    }
    Bootstrap.Estimate found = bootstrap.estimate("a", Measure.AUAC);
    double expected = 2 * 1.96 / Math.sqrt(n);
    assertThat(found.value()).isCloseTo(3, within(0.1));
    assertThat(found.high() - found.low())
        .as("seed %d", SEED)
        .isCloseTo(expected, within(0.15 * expected));
    assertThat(found.low()).isLessThan(found.value());
    assertThat(found.high()).isGreaterThan(found.value());
    assertThat(bootstrap.records("a")).isEqualTo(n);
  }

  @Test
  void differencesArePaired() {
    Random random = new Random(SEED);
    Bootstrap bootstrap = new Bootstrap(500, SEED, "a");
    for (int i = 0; i < 200; i++) {
      double own = 10 * random.nextGaussian();
      Map<String, Judged> both = new LinkedHashMap<>();
      both.put("a", judged(own));
      if (i % 2 == 0) { // of half of the records the other has none
        both.put("b", judged(own + 0.5));
      }
      bootstrap.add(i, both);
    }
    Bootstrap.Estimate difference = bootstrap.difference("b", Measure.AUAC);
    assertThat(difference.value()).isCloseTo(0.5, within(1e-9));
    assertThat(difference.low()).isCloseTo(0.5, within(1e-9));
    assertThat(difference.high()).isCloseTo(0.5, within(1e-9));
    assertThat(bootstrap.records("b")).isEqualTo(100);
  }

  @Test
  void partsAddUpInAnyOrder() {
    Random random = new Random(SEED);
    Bootstrap whole = new Bootstrap(50, SEED, "a");
    Bootstrap even = new Bootstrap(50, SEED, "a");
    Bootstrap odd = new Bootstrap(50, SEED, "a");
    for (int i = 0; i < 100; i++) {
      Map<String, Judged> record =
          Map.of("a", judged(random.nextDouble()), "b", judged(random.nextDouble()));
      whole.add(i, record);
      (i % 2 == 0 ? even : odd).add(i, record);
    }
    Bootstrap merged = new Bootstrap(50, SEED, "a");
    odd.methods().forEach(method -> merged.merge(method, odd.found(method)));
    even.methods().forEach(method -> merged.merge(method, even.found(method)));
    for (Measure measure : Measure.values()) {
      assertThat(merged.estimate("b", measure).low())
          .isCloseTo(whole.estimate("b", measure).low(), within(1e-12));
      assertThat(merged.difference("b", measure).high())
          .isCloseTo(whole.difference("b", measure).high(), within(1e-12));
    }
  }

  @Test
  void conservationIsALine() {
    Bootstrap bootstrap = new Bootstrap(50, SEED, "a");
    Random random = new Random(SEED);
    for (int i = 0; i < 100; i++) {
      double x = random.nextGaussian();
      bootstrap.add(
          i, Map.of("a", judged(0, x, x), "b", judged(0, x, 2 * x + 1), "c", judged(0, x, 7)));
    }
    assertThat(bootstrap.estimate("a", Measure.CONSERVATION_R2).value()).isCloseTo(1, within(1e-9));
    assertThat(bootstrap.estimate("a", Measure.CONSERVATION_SLOPE).value())
        .isCloseTo(1, within(1e-9));
    assertThat(bootstrap.estimate("b", Measure.CONSERVATION_SLOPE).value())
        .isCloseTo(2, within(1e-9));
    assertThat(bootstrap.estimate("c", Measure.CONSERVATION_SLOPE).value())
        .isCloseTo(0, within(1e-9));
  }

  @Test
  void whatHasNoValueCountsInNoMean() {
    Bootstrap bootstrap = new Bootstrap(50, SEED, "a");
    bootstrap.add(1, Map.of("a", new Judged(0, 0, 0, 0.5, Highlights.Agreement.NONE, 1, 1)));
    bootstrap.add(2, Map.of("a", new Judged(0, 0, 0, Double.NaN, Highlights.Agreement.NONE, 1, 1)));
    assertThat(bootstrap.estimate("a", Measure.LEAVE_ONE_OUT).value()).isEqualTo(0.5);
  }

  @Test
  void withoutRecordsThereIsNothing() {
    Bootstrap bootstrap = new Bootstrap(50, SEED, "a");
    assertThat(bootstrap.methods()).isEmpty();
    assertThat(bootstrap.estimate("a", Measure.AUAC).value()).isNaN();
  }
}
