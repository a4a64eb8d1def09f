package io.sparklrp.bench.scale;

import java.util.SplittableRandom;

/**
 * Records that are to be explained, cut into tasks, each a unit of work that is kept when it ends.
 *
 * @param records number of records
 * @param lengths how long they are
 * @param cost what each takes
 * @param tasks number of units
 * @param mean seconds of a record
 * @param deviation standard deviation of that
 */
record Workload(
    long records,
    LengthDistribution lengths,
    RecordCost cost,
    int tasks,
    double mean,
    double deviation) {
  /** Above this the sum over a task's records is as good as normal. */
  private static final int MOST_DRAWN = 1000;

  /** Fewer seconds than these are not worth a task of their own: as the product cuts. */
  private static final double LEAST_SECONDS = 1;

  /**
   * Cuts as the product does: whole waves of all cores, of units of at most so many seconds.
   *
   * @param unitSeconds what a unit takes at most
   * @param mostTasks units of a job at most, which then take longer
   */
  static Workload cut(
      long records,
      LengthDistribution lengths,
      RecordCost cost,
      int cores,
      double unitSeconds,
      int mostTasks) {
    double mean = lengths.mean(cost::seconds);
    double square = lengths.mean(tokens -> Math.pow(cost.seconds(tokens), 2));
    double total = mean * records;
    double waves = Math.ceil(total / cores / unitSeconds);
    double tasks = Math.min(waves * cores, Math.max(1, Math.floor(total / LEAST_SECONDS)));
    return new Workload(
        records,
        lengths,
        cost,
        (int) Math.min(Math.min(tasks, mostTasks), (double) records),
        mean,
        Math.sqrt(Math.max(0, square - mean * mean)));
  }

  /** Seconds that one core would need for all. */
  double coreSeconds() {
    return mean * records;
  }

  /** Seconds of a task on a core that is not slow: the same whenever it is asked. */
  double seconds(int task, long seed) {
    long first = records * task / tasks;
    long count = records * (task + 1L) / tasks - first;
    SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + task);
    if (count > MOST_DRAWN) {
      return Math.max(
          0, count * mean + Math.sqrt((double) count) * deviation * random.nextGaussian());
    }
    double sum = 0;
    for (long i = 0; i < count; i++) {
      sum += cost.seconds(lengths.draw(random));
    }
    return sum;
  }
}
