package io.sparklrp.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparklrp.attribution.Attribution;
import io.sparklrp.attribution.TokenRelevance;
import io.sparklrp.engine.EngineSessions;
import io.sparklrp.explain.BufferLimits;
import io.sparklrp.explain.ExplainSpec;
import io.sparklrp.explain.Explained;
import io.sparklrp.explain.InputRecord;
import io.sparklrp.explain.SampleSpec;
import io.sparklrp.explain.Source;
import io.sparklrp.explain.run.BatchLimits;
import io.sparklrp.explain.run.RunListener;
import io.sparklrp.method.Method;
import io.sparklrp.method.MethodOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The command of {@code scripts/stability}: how far each method's relevance moves with what should
 * not matter, or should matter little.
 */
@Command(name = "scripts/stability", mixinStandardHelpOptions = true, sortOptions = false)
public final class StabilityBench implements Callable<Integer> {
  private static final String TARGET = "1";
  private static final int USUAL_TOKENS = 1024;
  private static final int ALL_TOKENS = 1 << 20;
  // with [CLS] and [SEP] within the 128 tokens that attention-flow takes
  private static final int LONG_WORDS = 120;
  private static final String SENTENCE = " this is a sentence .";

  @Option(names = "--model", required = true, description = "A checkpoint of a text classifier.")
  private Path model;

  @Option(names = "--half", description = "The same checkpoint with weights of 16 bits.")
  private Path half;

  @Option(
      names = "--input",
      required = true,
      description = "Texts: tab-separated, without quoting, with a column text.")
  private Path input;

  @Option(names = "--methods", split = ",", required = true, description = "Methods.")
  private List<String> methods;

  @Option(names = "--records", description = "At most so many. Default: ${DEFAULT-VALUE}.")
  private int records = 100;

  @Option(names = "--output", description = "Also writes DIR/stability.json.")
  private Path output;

  private StabilityBench() {}

  /** Runs the benchmark. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new StabilityBench()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    List<String> texts = texts();
    Map<String, Map<String, Double>> moved = new LinkedHashMap<>();
    System.out.printf("| method | %s |%n", String.join(" | ", changes().keySet()));
    System.out.println("|---" + "|---:".repeat(changes().size()) + "|");
    for (String method : methods) {
      Map<String, Double> ofMethod = moved(MethodOptions.written(method, 0), texts);
      moved.put(method, ofMethod);
      System.out.printf("| `%s`", method);
      ofMethod.values().forEach(value -> System.out.printf(" | %.1e", value));
      System.out.println(" |");
      EngineSessions.ofJvm().closeIdle();
    }
    if (output != null) {
      Files.createDirectories(output);
      Map<String, Object> all =
          Map.of("records", texts.size(), "changes", changes(), "methods", moved);
      new ObjectMapper()
          .writerWithDefaultPrettyPrinter()
          .writeValue(output.resolve("stability.json").toFile(), all);
    }
    return 0;
  }

  private Map<String, String> changes() {
    Map<String, String> changes = new LinkedHashMap<>();
    changes.put("alone", "each record in a batch of its own");
    changes.put("padded", "all records in one batch with a long one");
    if (half != null) {
      changes.put("float16", "weights of 16 bits");
    }
    changes.put("sentence", "a neutral sentence (\"" + SENTENCE.strip() + "\") behind the text");
    return changes;
  }

  private Map<String, Double> moved(Method method, List<String> texts) {
    ExplainSpec spec = SampleSpec.of(model, method, TARGET, false);
    List<double[]> base = relevance(spec, USUAL_TOKENS, texts);
    List<String> withLong = new ArrayList<>(texts);
    withLong.add("long ".repeat(LONG_WORDS));
    List<String> appended = texts.stream().map(text -> text + SENTENCE).toList();
    Map<String, Double> moved = new LinkedHashMap<>();
    moved.put("alone", median(base, relevance(spec, 1, texts), 0));
    moved.put("padded", median(base, relevance(spec, ALL_TOKENS, withLong), 0));
    if (half != null) {
      ExplainSpec rounded = SampleSpec.of(half, method, TARGET, false);
      moved.put("float16", median(base, relevance(rounded, USUAL_TOKENS, texts), 0));
    }
    moved.put("sentence", median(base, relevance(spec, USUAL_TOKENS, appended), 1));
    return moved;
  }

  /** Relevance of each text's tokens. */
  private List<double[]> relevance(ExplainSpec spec, int batchTokens, List<String> texts) {
    List<Source<Integer>> sources = new ArrayList<>();
    for (String text : texts) {
      InputRecord record = new InputRecord.Text(text);
      sources.add(Source.of(sources.size(), record));
    }
    BatchLimits limits = BatchLimits.ofTokens(batchTokens).withEach();
    return SampleSpec.explainSources(spec, limits, BufferLimits.USUAL, RunListener.NONE, sources)
        .stream()
        .map(this::relevance)
        .toList();
  }

  private double[] relevance(Explained<Integer> explained) {
    if (explained.result() instanceof Attribution found) {
      return found.tokens().stream().mapToDouble(TokenRelevance::relevance).toArray();
    }
    throw new IllegalStateException(
        "Cannot explain text %d of %s: %s"
            .formatted(explained.carried(), input, explained.result()));
  }

  /**
   * The median over records of sum |R' - R| over sum |R|.
   *
   * @param last tokens at the end of a record that are not compared: others may have come before
   */
  private static double median(List<double[]> base, List<double[]> changed, int last) {
    double[] moved = new double[base.size()];
    for (int i = 0; i < moved.length; i++) {
      double sum = 0;
      double difference = 0;
      for (int token = 0; token < base.get(i).length - last; token++) {
        sum += Math.abs(base.get(i)[token]);
        difference += Math.abs(changed.get(i)[token] - base.get(i)[token]);
      }
      moved[i] = difference / sum;
    }
    Arrays.sort(moved);
    return (moved[(moved.length - 1) / 2] + moved[moved.length / 2]) / 2;
  }

  private List<String> texts() throws IOException {
    List<String> lines = Files.readAllLines(input);
    int column = Arrays.asList(lines.get(0).split("\t", -1)).indexOf("text");
    if (column < 0) {
      throw new CommandLine.ParameterException(
          new CommandLine(this), "Cannot read " + input + ": it has no column text.");
    }
    return lines.stream().skip(1).limit(records).map(line -> line.split("\t", -1)[column]).toList();
  }
}
