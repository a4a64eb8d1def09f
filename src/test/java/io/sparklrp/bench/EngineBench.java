package io.sparklrp.bench;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import io.sparklrp.assembly.Compilation;
import io.sparklrp.checkpoint.Checkpoint;
import io.sparklrp.forward.Architectures;
import io.sparklrp.graph.Graph;
import io.sparklrp.graph.ModelGraph;
import io.sparklrp.oracle.SyntheticBert;
import io.sparklrp.relevance.LedgerDetail;
import io.sparklrp.relevance.Method;
import io.sparklrp.relevance.RuleSet;
import io.sparklrp.relevance.TargetSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Time of the compiled relevance pass beside the same model's plain forward: all variants take
 * turns on the same batch, {@code --rounds} times, and the ratio to the fastest plain forward is
 * the median over rounds.
 */
@Command(name = "scripts/bench", mixinStandardHelpOptions = true, sortOptions = false)
public final class EngineBench implements Callable<Integer> {
  private static final int[][] BATCHES = {{32, 32}, {16, 128}, {4, 512}};

  private static final String TOKENIZER = "/io/sparklrp/demo/model/tokenizer.json";

  @Option(
      names = "--model",
      description = "A checkpoint; without it, one of MiniLM-L6's shape with random weights.")
  private Path model;

  @Option(
      names = "--forward",
      description = "An ONNX file of the same model: a further plain forward to compare with.")
  private Path forward;

  @Option(names = "--rounds", description = "Default: ${DEFAULT-VALUE}.")
  private int rounds = 15;

  @Option(names = "--methods", split = ",", description = "Methods to measure. Default: all seven.")
  private List<String> methods = Method.ids();

  @Option(names = "--seconds", description = "Of each throughput. Default: ${DEFAULT-VALUE}.")
  private int seconds = 10;

  private EngineBench() {}

  /** Runs the benchmark. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new EngineBench()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    Path directory = model == null ? synthetic() : model;
    Throughput throughput = new Throughput(directory, seconds);
    System.out.printf(
        "Engine time, one thread, %d rounds; x: against the plain forward%n%n", rounds);
    time(directory);
    System.out.println();
    throughput.print(BATCHES);
    return 0;
  }

  /** A checkpoint of MiniLM-L6's shape with random weights: its speed needs no others. */
  private static Path synthetic() throws IOException {
    Path directory = SyntheticBert.minilm().write(Path.of("target", "bench", "minilm-l6"));
    try (InputStream tokenizer = EngineBench.class.getResourceAsStream(TOKENIZER)) {
      Files.copy(
          tokenizer, directory.resolve("tokenizer.json"), StandardCopyOption.REPLACE_EXISTING);
    }
    return directory;
  }

  private void time(Path directory) throws Exception {
    List<Variant> variants = variants(Architectures.build(Checkpoint.open(directory)).model());
    double[][][] times = new double[BATCHES.length][][];
    for (int i = 0; i < BATCHES.length; i++) {
      times[i] = times(variants, BATCHES[i]);
    }
    int plain = forward == null ? 2 : 3;
    print(variants, times, plain);
    for (Variant variant : variants) {
      variant.close();
    }
  }

  /** The plain forwards first. */
  private List<Variant> variants(ModelGraph graph) throws Exception {
    List<Variant> variants = new ArrayList<>();
    variants.add(Variant.of("forward", StandardForward.of(graph.graph())));
    variants.add(Variant.of("forward, shared weights", graph.graph()));
    if (forward != null) {
      variants.add(Variant.of("forward, " + forward.getFileName(), forward));
    }
    variants.add(Variant.of("forward, pruned", Compilation.pruned(graph).graph()));
    for (String id : methods) {
      Method method = Method.of(id).orElseThrow();
      variants.add(Variant.of(id, compiled(graph, method)));
    }
    return variants;
  }

  private static Graph compiled(ModelGraph graph, Method method) {
    return Compilation.compile(
            graph, RuleSet.of(method), TargetSource.PREDICTED, LedgerDetail.LAYER)
        .graph();
  }

  private double[][] times(List<Variant> variants, int[] shape) throws OrtException {
    double[][] times = new double[variants.size()][rounds];
    Map<String, OnnxTensor> batch = RandomBatch.of(shape[0], shape[1]);
    for (int round = -2; round < rounds; round++) { // two to warm up
      for (int i = 0; i < variants.size(); i++) {
        double seconds = variants.get(i).seconds(batch);
        if (round >= 0) {
          times[i][round] = seconds;
        }
      }
    }
    batch.values().forEach(OnnxTensor::close);
    return times;
  }

  private static void print(List<Variant> variants, double[][][] times, int plain) {
    System.out.print("| |");
    for (int[] shape : BATCHES) {
      System.out.printf(" %d x %d tokens | |", shape[0], shape[1]);
    }
    System.out.printf("%n|---|%s%n", "---:|---:|".repeat(BATCHES.length));
    for (int i = 0; i < variants.size(); i++) {
      System.out.printf("| %s |", variants.get(i).name());
      for (double[][] batch : times) {
        System.out.printf(
            Locale.ROOT,
            " %.1f ms | %.2f |",
            1000 * median(batch[i]),
            ratio(batch[i], fastest(batch, plain)));
      }
      System.out.println();
    }
  }

  private static double[] fastest(double[][] times, int plain) {
    double[] fastest = times[0];
    for (int i = 1; i < plain; i++) {
      fastest = median(times[i]) < median(fastest) ? times[i] : fastest;
    }
    return fastest;
  }

  private static double ratio(double[] times, double[] base) {
    double[] ratios = new double[times.length];
    Arrays.setAll(ratios, round -> times[round] / base[round]);
    return median(ratios);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
