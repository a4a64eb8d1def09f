package io.sparklrp.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Numbers on an axis. */
class ScaleTest {
  @Test
  void numbersAreWhereTheyBelong() {
    Scale scale = new Scale(-1, 3, 200, 100);
    assertThat(scale.at(-1)).isEqualTo(200);
    assertThat(scale.at(3)).isEqualTo(100);
    assertThat(scale.at(1)).isEqualTo(150);
  }

  @Test
  void ticksAreRoundAndFew() {
    long seed = 4;
    Random random = new Random(seed);
    for (int i = 0; i < 1000; i++) {
      double low = random.nextGaussian() * Math.pow(10, random.nextInt(7) - 3);
      double high = low + (1e-3 + random.nextDouble()) * Math.pow(10, random.nextInt(7) - 3);
      List<Double> ticks = new Scale(low, high, 0, 1).ticks();
      assertThat(ticks).as("seed %d: %s to %s", seed, low, high).hasSizeBetween(2, 10);
      double margin = 1e-9 * (high - low);
      assertThat(ticks).allMatch(tick -> tick >= low - margin && tick <= high + margin);
    }
  }

  @Test
  void oneNumberHasRoomAroundIt() {
    Scale scale = Scale.of(5, 5, 0, 100);
    assertThat(scale.at(5)).isCloseTo(50, within(1e-9));
    assertThat(scale.ticks()).isNotEmpty();
  }

  @Test
  void noNumberHasAnAxisToo() {
    assertThat(Scale.of(Double.NaN, Double.NaN, 0, 100).ticks()).isNotEmpty();
  }
}
