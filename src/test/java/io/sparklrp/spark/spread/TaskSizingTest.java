package io.sparklrp.spark.spread;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class TaskSizingTest {
  private static int tasks(int cores, double seconds, long records) {
    return new TaskSizing(cores, 1e9, 300)
        .tasks(new InputPart(records, 0, seconds * 1e9, seconds * 1e9 / records));
  }

  @Test
  void wavesAreWhole() {
    for (long seed = 0; seed < 1000; seed++) {
      Random random = new Random(seed);
      int cores = 1 + random.nextInt(500);
      double seconds = cores * Math.exp(random.nextDouble() * 15);
      int tasks = tasks(cores, seconds, 100_000_000);
      String what = String.format("seed %d: %d cores, %.0f s", seed, cores, seconds);
      if (tasks < 100_000) {
        assertThat(tasks % cores).as(what).isZero();
        assertThat(seconds / tasks).as(what).isLessThanOrEqualTo(300);
      }
      assertThat(seconds / tasks).as(what).isGreaterThanOrEqualTo(TaskSizing.LEAST_SECONDS);
    }
  }

  @Test
  void aHundredCoresGetNoHundredAndFirstTask() {
    assertThat(tasks(100, 100 * 299, 1_000_000) % 100).isZero();
    assertThat(tasks(100, 100 * 301, 1_000_000) % 100).isZero();
  }

  @Test
  void smallWorkIsNotCutToSlivers() {
    assertThat(tasks(100, 5, 10_000)).isEqualTo(5);
    assertThat(tasks(100, .01, 10_000)).isEqualTo(1);
    assertThat(tasks(8, 8 * 29, 10_000)).isEqualTo(8);
  }

  /** A billion records of a large model, on as many cores as there are. */
  @Test
  void tasksThatAreLongerThanAskedForAreTold() {
    InputPart all = new InputPart(1_000_000_000, 0, 3e8 * 3600 * 1e9, 1e12);
    assertThat(new TaskSizing(4096, 1e9, 300).note(all))
        .get()
        .asString()
        .contains("some 3000 h 00 min each", "100,000 at most", "--where");
    assertThat(new TaskSizing(4096, 1e9, 3600).note(new InputPart(1_000_000_000, 0, 1e17, 1e9)))
        .isEmpty();
  }

  @Test
  void noTaskIsWithoutRecords() {
    assertThat(tasks(8, 1000, 3)).isEqualTo(3);
  }
}
