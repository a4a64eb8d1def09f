package io.sparklrp.spark.spread;

import java.util.PriorityQueue;

/** How long cores are busy with tasks that are given to them in order, as each gets free. */
public final class Makespan {
  private Makespan() {}

  /**
   * When the last core is done.
   *
   * @param tasks what each takes
   */
  public static double of(double[] tasks, int cores) {
    PriorityQueue<Double> free = new PriorityQueue<>();
    for (int core = 0; core < cores; core++) {
      free.add(0.0);
    }
    double last = 0;
    for (double task : tasks) {
      double end = free.remove() + task;
      free.add(end);
      last = Math.max(last, end);
    }
    return last;
  }
}
