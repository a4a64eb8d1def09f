package io.sparklrp.spark.spread;

import io.sparklrp.engine.OperationFunction;
import io.sparklrp.engine.OperationFunction.Term;
import io.sparklrp.explain.WorkEstimate;
import io.sparklrp.explain.input.LengthEstimate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Records of some lengths in partitions of some sizes, a model and a cluster, all of a seed.
 *
 * @param characters of each record, partition by partition
 */
record RandomCorpus(List<long[]> characters, WorkEstimate estimate, TaskSizing sizing) {
  private static final int MOST_RECORDS = 30_000;

  /** How long records are. */
  enum Lengths {
    ALIKE,
    UNIFORM,
    LONG_TAIL,
    FEW_OF_HUNDRED_TIMES,
    SORTED,
    FEW_RECORDS
  }

  static RandomCorpus of(long seed, Lengths lengths) {
    Random random = new Random(seed);
    int most = lengths == Lengths.FEW_RECORDS ? 500 : MOST_RECORDS;
    int records = (int) Math.exp(random.nextDouble() * Math.log(most));
    long[] all = random.longs(records, 0, 1).toArray();
    double usual = 20 + random.nextInt(1000);
    for (int i = 0; i < records; i++) {
      all[i] = (long) (usual * factor(lengths, random));
    }
    if (lengths == Lengths.SORTED) {
      Arrays.sort(all);
    }
    int longest = 64 << random.nextInt(8);
    double ofToken = Math.exp(random.nextDouble() * Math.log(1e5)) * 1e6;
    OperationFunction operations =
        new OperationFunction(
            List.of(
                new Term(ofToken, 1, 1, 0, 0),
                new Term(ofToken * random.nextDouble() / 200, 1, 2, 0, 0)));
    WorkEstimate estimate =
        new WorkEstimate(new LengthEstimate.Cut(List.of("text"), longest), operations, 1, 1);
    int cores = (int) Math.exp(random.nextDouble() * Math.log(200));
    double taskSeconds = random.nextBoolean() ? 300 : 5;
    return new RandomCorpus(parts(all, random), estimate, new TaskSizing(cores, 2e10, taskSeconds));
  }

  private static double factor(Lengths lengths, Random random) {
    return switch (lengths) {
      case ALIKE -> 1;
      case UNIFORM -> 2 * random.nextDouble();
      case LONG_TAIL, SORTED, FEW_RECORDS -> Math.exp(1.2 * random.nextGaussian());
      case FEW_OF_HUNDRED_TIMES -> random.nextInt(100) == 0 ? 100 : 1;
    };
  }

  /** Parts of some sizes, some of them empty. */
  private static List<long[]> parts(long[] all, Random random) {
    int count = 1 + (int) Math.exp(random.nextDouble() * Math.log(300));
    int[] cuts = random.ints(count - 1L, 0, all.length + 1).sorted().toArray();
    List<long[]> parts = new ArrayList<>();
    int start = 0;
    for (int cut : cuts) {
      parts.add(Arrays.copyOfRange(all, start, cut));
      start = cut;
    }
    parts.add(Arrays.copyOfRange(all, start, all.length));
    return parts;
  }

  List<InputPart> parts() {
    return characters.stream().map(this::part).toList();
  }

  private InputPart part(long[] part) {
    double[] works = Arrays.stream(part).mapToDouble(estimate::operations).toArray();
    return new InputPart(
        part.length,
        Arrays.stream(part).mapToDouble(estimate::tokens).sum(),
        Arrays.stream(works).sum(),
        Arrays.stream(works).max().orElse(0));
  }

  /** The work of each task, as a plan spreads records. */
  double[] tasks(PartitionPlan plan) {
    double[] present = parts().stream().mapToDouble(InputPart::operations).toArray();
    return switch (plan.spread()) {
      case AS_THEY_ARE -> present;
      case JOINED -> PartitionPlan.joined(present, plan.tasks());
      case DEALT -> dealt(plan);
      case ROUND_ROBIN -> roundRobin(plan.tasks());
      case SMALLER_SPLITS -> throw new IllegalStateException("no files");
    };
  }

  private double[] dealt(PartitionPlan plan) {
    DealtRows deal = new DealtRows(estimate, plan.input(), plan.tasks());
    double[] tasks = new double[plan.tasks()];
    double done = 0;
    for (long[] part : characters) {
      for (long record : part) {
        double work = estimate.operations(record);
        tasks[deal.task(done + work / 2)] += work;
        done += work;
      }
    }
    return tasks;
  }

  private double[] roundRobin(int count) {
    double[] tasks = new double[count];
    Random random = new Random(1);
    for (long[] part : characters) {
      int at = random.nextInt(count);
      for (long record : part) {
        tasks[at++ % count] += estimate.operations(record);
      }
    }
    return tasks;
  }

  @Override
  public String toString() {
    InputPart all = InputPart.sum(parts());
    return String.format(
        "%d records, %.0f s of work, the longest of %.2f s, %d parts, %d cores, tasks of %.0f s",
        all.records(),
        sizing.seconds(all.operations()),
        sizing.seconds(all.largest()),
        characters.size(),
        sizing.cores(),
        sizing.taskSeconds());
  }
}
