package io.sparklrp.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparklrp.checkpoint.Checkpoint;
import io.sparklrp.method.Gradient;
import io.sparklrp.method.Methods;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * A tiny checkpoint with float64 reference results of unchanged Hugging Face code under each
 * method's rules.
 */
public final class GoldenFixture {
  private static final Path ROOT = Path.of("src/test/resources/golden");

  private final Path directory;
  private final JsonNode golden;

  private GoldenFixture(Path directory) {
    this.directory = directory;
    try {
      this.golden = new ObjectMapper().readTree(directory.resolve("golden.json").toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static GoldenFixture of(String name) {
    return new GoldenFixture(ROOT.resolve(name));
  }

  /** The fixture of a directory. */
  public static GoldenFixture in(Path directory) {
    return new GoldenFixture(directory);
  }

  /** Names of all fixtures, in alphabetical order. */
  public static List<String> names() {
    try (Stream<Path> directories = Files.list(ROOT)) {
      return directories.map(path -> path.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return directory.getFileName().toString();
  }

  public Path directory() {
    return directory;
  }

  public Checkpoint checkpoint() {
    return Checkpoint.open(directory);
  }

  /** The configuration's {@code model_type}. */
  public String modelType() {
    return golden.get("model_type").asText();
  }

  /** What the head is for, in words. */
  public String head() {
    String problem = golden.path("problem_type").asText("");
    String task = golden.get("task").asText().replace('-', ' ');
    return problem.isEmpty() || problem.equals("null")
        ? task
        : task + ", " + problem.replace('_', ' ');
  }

  public int maxLength() {
    return golden.get("max_length").asInt();
  }

  public List<GoldenRecord> records() {
    List<GoldenRecord> records = new ArrayList<>();
    golden.get("records").forEach(node -> records.add(new GoldenRecord(node)));
    return records;
  }

  /** A ledger of a reference result. */
  public record Ledger(double position, double segment, Map<String, Double> bias, double residual) {
    /** The amount of an entry by its name in the product. */
    public double amount(String entry) {
      return switch (entry) {
        case "position" -> position;
        case "segment" -> segment;
        // an exported file does not tell layers that share their parameters from each other
        case "layers" ->
            bias.entrySet().stream()
                .filter(one -> one.getKey().startsWith("layer."))
                .mapToDouble(Map.Entry::getValue)
                .sum();
        default -> bias.getOrDefault(entry, 0d); // what is exactly 0 is not written
      };
    }
  }

  /** One record. */
  public static final class GoldenRecord {
    private final JsonNode node;

    GoldenRecord(JsonNode node) {
      this.node = node;
    }

    public String text() {
      return node.get("text").asText();
    }

    /** The second text, or null. */
    public String textPair() {
      return node.hasNonNull("text_pair") ? node.get("text_pair").asText() : null;
    }

    public boolean truncated() {
      return node.get("truncated").asBoolean();
    }

    public long[] ids() {
      return longs("input_ids");
    }

    public long[] mask() {
      return longs("attention_mask");
    }

    public long[] types() {
      return longs("token_type_ids");
    }

    public List<String> tokens() {
      List<String> tokens = new ArrayList<>();
      node.get("tokens").forEach(token -> tokens.add(token.asText()));
      return tokens;
    }

    /** Begin and end of each token in code points. */
    public int[][] offsets() {
      List<int[]> offsets = new ArrayList<>();
      node.get("offsets")
          .forEach(pair -> offsets.add(new int[] {pair.get(0).asInt(), pair.get(1).asInt()}));
      return offsets.toArray(int[][]::new);
    }

    /** The text that each token is of: 0, 1, or -1 for special tokens. */
    public int[] sequenceIds() {
      List<Integer> ids = new ArrayList<>();
      node.get("sequence_ids").forEach(id -> ids.add(id.asInt(-1)));
      return ids.stream().mapToInt(Integer::intValue).toArray();
    }

    public boolean isPredicted() {
      return node.get("target").asText().equals("predicted");
    }

    /** The row of the outputs that is explained, where only that one is on record. */
    public OptionalInt row() {
      JsonNode index = node.get("seed").get(0).get("index");
      boolean isOfToken = index.size() == 2 && !node.get("logits").get(0).isArray();
      return isOfToken ? OptionalInt.of(index.get(0).asInt()) : OptionalInt.empty();
    }

    /** Weights of the outputs in the score, in the order of {@link #logits}. */
    public float[] seed() {
      float[] seed = new float[logits().length];
      node.get("seed").forEach(w -> seed[place(w)] += (float) w.get("weight").asDouble());
      return seed;
    }

    private int place(JsonNode weight) {
      JsonNode index = weight.get("index");
      JsonNode logits = node.get("logits");
      if (logits.isObject()) {
        return 2 * index.get(0).asInt() + (weight.get("output").asText().startsWith("end") ? 1 : 0);
      }
      if (index.size() == 1) {
        return index.get(0).asInt();
      }
      int width = logits.get(0).isArray() ? logits.get(0).size() : 0;
      return width * index.get(0).asInt() + index.get(1).asInt();
    }

    /** All outputs, row by row; for question answering start and end of each token. */
    public double[] logits() {
      JsonNode logits = node.get("logits");
      if (logits.isObject()) {
        double[] start = doubles(logits.get("start"));
        double[] end = doubles(logits.get("end"));
        double[] both = new double[2 * start.length];
        Arrays.setAll(both, i -> i % 2 == 0 ? start[i / 2] : end[i / 2]);
        return both;
      }
      if (!logits.get(0).isArray()) {
        return doubles(logits);
      }
      DoubleStream all = DoubleStream.empty();
      for (JsonNode row : logits) {
        all = DoubleStream.concat(all, Arrays.stream(doubles(row)));
      }
      return all.toArray();
    }

    /** Pixels, [channels][rows][columns] one after the other. */
    public float[] pixels() {
      List<Float> pixels = new ArrayList<>();
      for (JsonNode channel : node.get("pixel_values")) {
        channel.forEach(row -> row.forEach(pixel -> pixels.add((float) pixel.asDouble())));
      }
      float[] values = new float[pixels.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = pixels.get(i);
      }
      return values;
    }

    public boolean isImage() {
      return node.has("pixel_values");
    }

    public boolean hasTypes() {
      return node.has("token_type_ids");
    }

    public double score() {
      return node.get("y").asDouble();
    }

    public double[] relevance(String method) {
      return doubles(of(method, node.get("relevance")));
    }

    /**
     * The largest sum over j of |X G| of a token, the scale of rounding errors; for numbers that
     * are no such products, the largest of them.
     */
    public double scale(String method) {
      JsonNode scales = node.get("extra").get("max-abs-xg");
      String like = method.equals("lrp-stay") ? "lrp" : method;
      return scales.has(like)
          ? scales.get(like).asDouble()
          : Arrays.stream(relevance(method)).map(Math::abs).max().orElse(0);
    }

    /** The ledger of a method; without entries where its numbers are no shares of the score. */
    public Ledger ledger(String method) {
      if (method.equals("integrated-gradients")) {
        double gap = of("ig-completeness-gap", node.get("extra")).asDouble();
        return new Ledger(0, 0, Map.of("baseline", residual(method) - gap), gap);
      }
      return isOfShares(method)
          ? ledger(amounts(method), "bias_by_layer")
          : new Ledger(0, 0, Map.of(), residual(method));
    }

    private static boolean isOfShares(String method) {
      return Methods.named(method) instanceof Gradient;
    }

    private JsonNode amounts(String method) {
      return method.equals("lrp")
          ? node.get("ledger")
          : of(method, node.get("ledger_of_other_methods"));
    }

    /** What is written of a method, which somebody has to have computed. */
    private static JsonNode of(String method, JsonNode byMethod) {
      if (!byMethod.has(method)) {
        throw new AssertionError(
            "There is no reference of "
                + method
                + ": name it in METHODS of scripts/golden-reference, and make the fixtures anew.");
      }
      return byMethod.get(method);
    }

    /** What a method does not account for. */
    public double residual(String method) {
      if (!isOfShares(method)) {
        return score() - Arrays.stream(relevance(method)).sum();
      }
      return amounts(method).get("residual").asDouble();
    }

    /** The ledger of {@code lrp} by parameter. */
    public Ledger ledgerByParameter() {
      return ledger(node.get("ledger"), "bias_by_parameter");
    }

    private static Ledger ledger(JsonNode ledger, String biases) {
      Map<String, Double> bias = new LinkedHashMap<>();
      ledger
          .get(biases)
          .properties()
          .forEach(e -> bias.merge(parameter(e.getKey()), e.getValue().asDouble(), Double::sum));
      double residual = ledger.get("residual").asDouble();
      return new Ledger(
          ledger.get("position").asDouble(), ledger.get("segment").asDouble(), bias, residual);
    }

    /** Parameters that layers share are written once for each: {@code layer.0: name}. */
    private static String parameter(String key) {
      if (key.endsWith("cls_token") || key.endsWith("distillation_token")) {
        return "embeddings"; // they are spread over the batch before they are joined
      }
      int name = key.indexOf(": ");
      return name < 0 ? key : key.substring(name + 2);
    }

    private long[] longs(String field) {
      JsonNode array = node.get(field);
      long[] values = new long[array.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = array.get(i).asLong();
      }
      return values;
    }

    private static double[] doubles(JsonNode array) {
      double[] values = new double[array.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = array.get(i).asDouble();
      }
      return values;
    }

    @Override
    public String toString() {
      return node.path("text")
          .asText()
          .substring(0, Math.min(20, node.path("text").asText().length()));
    }
  }
}
