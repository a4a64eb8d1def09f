package io.sparklrp.spark.spread;

import java.util.Arrays;
import java.util.List;

/**
 * How records are spread over tasks: by estimated work, since a file split of 128 MB of text is
 * hours of it.
 *
 * @param input what the input's own partitions hold
 * @param sizing how many tasks there are to be
 * @param tasks how many there are
 * @param spread how records get there
 */
public record PartitionPlan(List<InputPart> input, TaskSizing sizing, int tasks, Spread spread) {
  /** Cores may be busy for so much longer than if all ended together. */
  static final double BEARABLE = 1.15;

  /** A task may take so much longer than is asked for, before records are spread anew. */
  private static final double LONGER = 1.25;

  /** How records get from the input's partitions to tasks. */
  enum Spread {
    /** The input's partitions are tasks. */
    AS_THEY_ARE,
    /** A task takes several neighbouring partitions, which are read where it runs. */
    JOINED,
    /** Files are cut into smaller splits. */
    SMALLER_SPLITS,
    /** Records are dealt out by their work, in slices of the input. */
    DEALT,
    /** Records are dealt out one by one. */
    ROUND_ROBIN
  }

  /** Copies. */
  public PartitionPlan {
    input = List.copyOf(input);
  }

  /**
   * A plan.
   *
   * @param input what the input's partitions hold
   * @param isOrdered whether they hold it in the same order when they are read again
   * @param isFileEach whether each record is a file, which is not moved
   */
  static PartitionPlan of(
      List<InputPart> input, TaskSizing sizing, boolean isOrdered, boolean isFileEach) {
    InputPart all = InputPart.sum(input);
    int wanted = sizing.tasks(all);
    double[] present = input.stream().mapToDouble(InputPart::operations).toArray();
    long filled = input.stream().filter(part -> part.records() > 0).count();
    Fit fit = new Fit(sizing, all, wanted);
    if (filled <= 2L * wanted && fit.isGood(present)) {
      return new PartitionPlan(input, sizing, Math.max(1, input.size()), Spread.AS_THEY_ARE);
    }
    if (input.size() >= wanted && fit.isGood(joined(present, wanted))) {
      return new PartitionPlan(input, sizing, wanted, Spread.JOINED);
    }
    if (isFileEach) {
      return new PartitionPlan(input, sizing, wanted, Spread.SMALLER_SPLITS);
    }
    return new PartitionPlan(input, sizing, wanted, isOrdered ? Spread.DEALT : Spread.ROUND_ROBIN);
  }

  /** Whether tasks end early enough, and none is too long. */
  private record Fit(TaskSizing sizing, InputPart all, int wanted) {
    boolean isGood(double[] tasks) {
      double even = all.operations() / wanted;
      double[] evenTasks = new double[wanted];
      Arrays.fill(evenTasks, even);
      double best = Math.max(Makespan.of(evenTasks, sizing.cores()), all.largest());
      double mostSeconds = LONGER * Math.max(sizing.taskSeconds(), sizing.seconds(all.largest()));
      double longest = Arrays.stream(tasks).max().orElse(0);
      return sizing.seconds(longest) <= mostSeconds
          && Makespan.of(tasks, sizing.cores()) <= BEARABLE * best;
    }
  }

  /** Neighbours joined as Spark does: the same number of partitions to each. */
  static double[] joined(double[] parts, int tasks) {
    double[] sums = new double[tasks];
    for (int task = 0; task < tasks; task++) {
      int end = (int) ((task + 1L) * parts.length / tasks);
      for (int part = (int) ((long) task * parts.length / tasks); part < end; part++) {
        sums[task] += parts[part];
      }
    }
    return sums;
  }

  /** Records. */
  public long records() {
    return all().records();
  }

  /** Estimated tokens. */
  long tokens() {
    return (long) all().tokens();
  }

  /** What the engine is going to compute. */
  public double operations() {
    return all().operations();
  }

  /** What is in all partitions. */
  public InputPart all() {
    return InputPart.sum(input);
  }
}
