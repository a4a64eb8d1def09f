package io.sparklrp.bench;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import io.sparklrp.compile.Compilation;
import io.sparklrp.graph.Graph;
import io.sparklrp.graph.pass.Quantisation;
import io.sparklrp.method.Method;
import io.sparklrp.model.Numerics;
import io.sparklrp.model.Precision;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/**
 * Time of the compiled relevance pass beside the same model's plain forward: all variants of a
 * model take turns on the same batch, in another order in each round, and the ratio to the fastest
 * plain forward is the median over rounds.
 */
final class TimeTable {
  private static final int WARM_UP = 2;
  private static final long SEED = 1;

  private final int[][] batches;
  private final int rounds;
  private final List<Method> methods;
  private final List<Precision> precisions;
  private final LongSupplier clock;

  /** A table whose heading has been printed, to be filled model by model. */
  private TimeTable(
      int[][] batches,
      int rounds,
      List<Method> methods,
      List<Precision> precisions,
      LongSupplier clock) {
    this.batches = batches;
    this.rounds = rounds;
    this.methods = List.copyOf(methods);
    this.precisions = List.copyOf(precisions);
    this.clock = clock;
  }

  /**
   * Prints the heading.
   *
   * @param clock gives nanoseconds
   */
  static TimeTable of(
      int[][] batches,
      int rounds,
      List<Method> methods,
      List<Precision> precisions,
      LongSupplier clock) {
    System.out.print("| |");
    for (int[] shape : batches) {
      System.out.printf(" %d x %d tokens | ratio |", shape[0], shape[1]);
    }
    System.out.printf("%n|---|%s%n", "---:|---:|".repeat(batches.length));
    return new TimeTable(batches, rounds, methods, precisions, clock);
  }

  /**
   * Measures a model and prints its rows.
   *
   * @param file an ONNX file of the same model, a further plain forward; null for none
   */
  void add(Subject subject, Path file) throws Exception {
    List<Variant> plain = new ArrayList<>();
    plain.add(Variant.of("forward", StandardForward.of(subject.plain())));
    plain.add(Variant.of("forward, shared weights", subject.plain()));
    if (file != null) {
      plain.add(Variant.of("forward, " + file.getFileName(), file));
    }
    List<Variant> all = new ArrayList<>(plain);
    all.add(Variant.of("forward, pruned", Compilation.pruned(subject.explained()).graph()));
    for (Precision precision : precisions) {
      if (precision == Precision.INT8) {
        all.add(Variant.of("forward, int8", quantised(subject.plain())));
      }
      for (Method method : methods) {
        all.add(compiled(subject, method, precision));
      }
    }
    double[][][] times = new double[batches.length][][];
    for (int i = 0; i < batches.length; i++) {
      times[i] = times(all, batches[i], subject.outputs());
    }
    print(subject.name(), all, times, plain.size());
    for (Variant variant : all) {
      variant.close();
    }
  }

  /** The plain forward with its products in whole numbers, scaled as the product scales them. */
  private static Graph quantised(Graph plain) {
    return Quantisation.pass(node -> true, Numerics.of(Precision.INT8).weightBits()).apply(plain);
  }

  private static Variant compiled(Subject subject, Method method, Precision precision)
      throws OrtException {
    return Variant.of(
        precision.isFull() ? method.id() : method.id() + ", " + precision.id(),
        Compilation.compile(subject.explained(), method, subject.target(), Numerics.of(precision))
            .graph());
  }

  private double[][] times(List<Variant> variants, int[] shape, int outputs) throws OrtException {
    double[][] times = new double[variants.size()][rounds];
    Map<String, OnnxTensor> batch = RandomBatch.of(shape[0], shape[1], outputs);
    List<Integer> order = new ArrayList<>(IntStream.range(0, variants.size()).boxed().toList());
    Random random = new Random(SEED);
    for (int round = -WARM_UP; round < rounds; round++) {
      Collections.shuffle(order, random); // what ran before leaves its numbers in the caches
      for (int i : order) {
        double seconds = variants.get(i).seconds(batch, clock);
        if (round >= 0) {
          times[i][round] = seconds;
        }
      }
    }
    batch.values().forEach(OnnxTensor::close);
    return times;
  }

  private static void print(String name, List<Variant> variants, double[][][] times, int plain) {
    String prefix = name.isEmpty() ? "" : name + ": ";
    for (int i = 0; i < variants.size(); i++) {
      System.out.printf("| %s%s |", prefix, variants.get(i).name());
      for (double[][] batch : times) {
        System.out.printf(
            Locale.ROOT,
            " %.1f ms | %.2f |",
            1000 * median(batch[i]),
            ratio(batch[i], batch, plain));
      }
      System.out.println();
    }
  }

  /**
   * The median ratio. A round is compared with the plain forward that is fastest in every other
   * round: of several that are as fast, one that is chosen by the rounds in which it is compared is
   * the one that chance favoured there.
   */
  private static double ratio(double[] times, double[][] batch, int plain) {
    double[][] fastest = {fastest(batch, plain, 1), fastest(batch, plain, 0)};
    double[] ratios = new double[times.length];
    Arrays.setAll(ratios, round -> times[round] / fastest[round % 2][round]);
    return median(ratios);
  }

  /** Of every other round, beginning with one; of all, where there is one alone. */
  private static double[] fastest(double[][] times, int plain, int first) {
    return Arrays.stream(times, 0, plain)
        .min(Comparator.comparingDouble(all -> median(everyOther(all, first))))
        .orElseThrow();
  }

  private static double[] everyOther(double[] all, int first) {
    return all.length == 1
        ? all
        : IntStream.range(0, all.length)
            .filter(round -> round % 2 == first)
            .mapToDouble(round -> all[round])
            .toArray();
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
