package io.sparklrp.bench;

import io.sparklrp.jar.SparkDistribution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.io.FileUtils;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * The command of {@code scripts/memory}: the memory that {@code explain} says an executor needs,
 * beside what the executor's process took.
 */
@Command(name = "scripts/memory", mixinStandardHelpOptions = true, sortOptions = false)
public final class MemoryBench implements Callable<Integer> {
  private static final long SEED = 20261127;
  private static final int LONGEST_WORDS = 600;

  @Option(
      names = "--shapes",
      split = ",",
      description = "demo, minilm, base, decoder. Default: all.")
  private List<MemoryShape> shapes = List.of(MemoryShape.values());

  @Option(names = "--tasks", split = ",", description = "Cores of the executor. Default: 1,2.")
  private List<Integer> tasks = List.of(1, 2);

  @Option(names = "--heap", description = "MiB of its heap. Default: ${DEFAULT-VALUE}.")
  private int heap = 600;

  @Option(
      names = "--conf",
      description = "Settings of Spark, such as spark.sparklrp.broadcastLimit=1m.")
  private List<String> conf = List.of();

  @Parameters(description = "Further options of explain, such as --batch-tokens 16384.")
  private List<String> options = List.of();

  private MemoryBench() {}

  /** Measures. */
  public static void main(String[] arguments) {
    CommandLine line = new CommandLine(new MemoryBench());
    System.exit(
        line.setCaseInsensitiveEnumValuesAllowed(true)
            .setUnmatchedOptionsArePositionalParams(true)
            .execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    Path directory = Files.createTempDirectory("spark-lrp-memory");
    try {
      return measure(directory) ? 0 : 1;
    } finally {
      FileUtils.deleteDirectory(directory.toFile());
    }
  }

  /** Whether what was told was enough for all. */
  private boolean measure(Path directory) throws Exception {
    SparkDistribution spark = SparkDistribution.built(directory.resolve("spark"));
    System.out.printf("Executors with a heap of %d MiB, options %s %s%n%n", heap, conf, options);
    System.out.println("| model | tasks | told, MiB beside the heap | taken | told / taken |");
    System.out.println("|---|---:|---:|---:|---:|");
    boolean isEnough = true;
    for (MemoryShape shape : shapes) {
      try (TemporaryCheckpoint checkpoint = shape.checkpoint()) {
        Path input = Files.write(directory.resolve(shape + ".jsonl"), records(shape.records()));
        for (int cores : tasks) {
          Path output = directory.resolve(shape + "-" + cores);
          List<String> command = command(shape, checkpoint, input, output);
          isEnough &=
              row(shape, cores, ExecutorMemory.measure(spark, cores, heap, conf, output, command));
        }
      }
    }
    return isEnough;
  }

  private List<String> command(
      MemoryShape shape, TemporaryCheckpoint checkpoint, Path input, Path output) {
    List<String> command = new ArrayList<>(List.of("explain", "--input", input.toString()));
    command.addAll(List.of("--input-format", "json", "--output", output.toString()));
    command.addAll(shape.options(checkpoint));
    command.addAll(options);
    return command;
  }

  private static boolean row(MemoryShape shape, int cores, ExecutorMemory memory) {
    System.out.printf(
        Locale.ROOT,
        "| %s | %d | %,d | %,d | %.2f |%n",
        shape,
        cores,
        memory.told(),
        memory.used(),
        (double) memory.told() / memory.used());
    return memory.told() >= memory.used();
  }

  /** Texts of all lengths, of which a part is longer than what models read. */
  private static List<String> records(int count) throws IOException {
    Random random = new Random(SEED);
    return IntStream.range(0, count)
        .map(i -> i % 4 == 0 ? LONGEST_WORDS : 1 + random.nextInt(LONGEST_WORDS))
        .mapToObj(words -> random.ints(words, 0, WORDS.size()).mapToObj(WORDS::get))
        .map(words -> words.collect(Collectors.joining(" ", "{\"text\": \"", "\"}")))
        .toList();
  }

  private static final List<String> WORDS =
      List.of(
          "a", "film", "that", "is", "good", "or", "bad", "and", "never", "dull", "but", "slow");
}
