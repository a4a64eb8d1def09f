package io.sparklrp.oracle;

import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparklrp.checkpoint.Checkpoint;
import io.sparklrp.error.UserException;
import io.sparklrp.forward.Architectures;
import io.sparklrp.graph.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A tiny random checkpoint of any architecture: the configuration of a golden fixture with other
 * sizes, and random tensors of the names and shapes that the architecture asks for.
 */
public final class SyntheticCheckpoint {
  /** Tokens that fit into every one of them. */
  public static final int LONGEST = 9;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern MISSING = Pattern.compile("(\\S+) is missing");
  private static final Pattern MISSHAPEN =
      Pattern.compile("(\\S+) is \\[[^\\]]*\\], not \\[([^\\]]*)\\]");
  private static final List<String> HIDDEN = List.of("hidden_size", "n_embd", "dim", "d_model");
  private static final List<String> HEADS =
      List.of("num_attention_heads", "n_head", "n_heads", "num_heads");
  private static final List<String> LAYERS =
      List.of("num_hidden_layers", "n_layer", "n_layers", "num_layers");
  private static final List<String> WIDE = List.of("intermediate_size", "hidden_dim", "d_ff");

  private final String fixture;
  private final long seed;
  private final ObjectNode config;
  private final Set<String> names;

  private SyntheticCheckpoint(String fixture, long seed) {
    this.fixture = fixture;
    this.seed = seed;
    GoldenFixture golden = GoldenFixture.of(fixture);
    this.names = new LinkedHashSet<>(golden.checkpoint().weights().names());
    try {
      this.config = (ObjectNode) JSON.readTree(golden.directory().resolve("config.json").toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    resize(new Random(seed));
  }

  /** A checkpoint of a random shape, made of a seed. */
  public static SyntheticCheckpoint of(String fixture, long seed) {
    return new SyntheticCheckpoint(fixture, seed);
  }

  private void resize(Random random) {
    int groups = 1 + random.nextInt(2);
    int heads = groups * (1 + random.nextInt(2));
    int layers = 1 + random.nextInt(2);
    int hidden = heads * 4 * (1 + random.nextInt(2));
    HEADS.forEach(key -> replace(key, heads));
    LAYERS.forEach(key -> replace(key, layers));
    HIDDEN.forEach(key -> replace(key, hidden));
    WIDE.forEach(key -> replace(key, 1 + random.nextInt(12)));
    replace("num_key_value_heads", groups);
    replace("head_dim", 2 * (1 + random.nextInt(4)));
    replace("d_kv", 1 + random.nextInt(5));
    replace("embedding_size", 1 + random.nextInt(8));
    replace("pooler_hidden_size", hidden);
    replace("vocab_size", 40 + random.nextInt(20));
    replace("max_position_embeddings", 2 * LONGEST);
    replace("n_positions", 2 * LONGEST);
    replace("sliding_window", 2 + random.nextInt(3));
    replace("local_attention", 2 * (1 + random.nextInt(3)));
    replace("partial_rotary_factor", 0.5);
    replace("num_channels", 1 + random.nextInt(3));
    int patch = 1 + random.nextInt(3);
    replace("patch_size", patch);
    replace("image_size", patch * (1 + random.nextInt(3)));
    if (config.path("model_type").asText().equals("t5")) {
      replace("relative_attention_num_buckets", 4 * (1 + random.nextInt(3)));
    }
    if (config.has("layer_types")) {
      switchOnWindows(2 + random.nextInt(3));
      ArrayNode types = config.putArray("layer_types");
      for (int layer = 0; layer < layers; layer++) {
        types.add(random.nextBoolean() ? "sliding_attention" : "full_attention");
      }
    }
  }

  /** Qwen's windows, which layers may only name where they are switched on. */
  private void switchOnWindows(int width) {
    if (config.has("use_sliding_window")) {
      config.put("use_sliding_window", true);
      config.put("sliding_window", width);
    }
  }

  /** Changes a number that the configuration has; null, which switches something off, stays. */
  private void replace(String key, Number value) {
    if (config.hasNonNull(key)) {
      config.set(key, JSON.valueToTree(value));
    }
  }

  /** Sets a key of the configuration to a JSON value. */
  public SyntheticCheckpoint set(String key, String json) {
    try {
      config.set(key, JSON.readTree(json));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** Removes keys of the configuration, there or not. */
  public SyntheticCheckpoint without(String... keys) {
    config.remove(List.of(keys));
    return this;
  }

  /** The number of words. */
  public int vocabulary() {
    return config.path("vocab_size").asInt();
  }

  public long seed() {
    return seed;
  }

  /**
   * The shapes of all tensors that the architecture reads, as its complaints tell them where all of
   * them are of another shape.
   */
  public Map<String, int[]> shapes(Path directory) throws IOException {
    Set<String> asked = new LinkedHashSet<>(names);
    String complaint = complaint(directory, asked);
    Matcher missing = MISSING.matcher(complaint);
    while (missing.find()) {
      asked.add(missing.group(1));
    }
    Map<String, int[]> shapes = new LinkedHashMap<>();
    Matcher misshapen = MISSHAPEN.matcher(complaint(directory, asked));
    while (misshapen.find()) {
      String[] sizes = misshapen.group(2).split(", ");
      shapes.put(misshapen.group(1), Arrays.stream(sizes).mapToInt(Integer::parseInt).toArray());
    }
    return shapes;
  }

  private String complaint(Path directory, Set<String> tensors) throws IOException {
    Map<String, Tensor> scalars = new LinkedHashMap<>();
    tensors.forEach(name -> scalars.put(name, Tensor.scalar(1f)));
    write(directory, scalars);
    Throwable thrown = catchThrowable(() -> Architectures.build(Checkpoint.open(directory)));
    if (!(thrown instanceof UserException)) {
      throw new AssertionError(this + " is built of scalars", thrown);
    }
    return thrown.getMessage();
  }

  /** Random tensors: those of norms are near 1. */
  private Map<String, Tensor> tensors(Map<String, int[]> shapes) {
    Random random = new Random(seed);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    shapes.forEach(
        (name, shape) -> {
          boolean isNorm = shape.length == 1 && name.endsWith(".weight");
          float[] values = new float[DoubleTensor.size(shape)];
          for (int i = 0; i < values.length; i++) {
            values[i] = (float) ((isNorm ? 1 : 0) + 0.5 * random.nextGaussian());
          }
          tensors.put(name, Tensor.floats(longs(shape), values));
        });
    return tensors;
  }

  private static long[] longs(int... shape) {
    return Arrays.stream(shape).asLongStream().toArray();
  }

  /** Writes {@code config.json} and {@code model.safetensors}, and opens them. */
  public Checkpoint write(Path directory) throws IOException {
    write(directory, tensors(shapes(directory)));
    return Checkpoint.open(directory);
  }

  /** Writes {@code config.json} and the given tensors. */
  public void write(Path directory, Map<String, Tensor> tensors) throws IOException {
    Files.createDirectories(directory);
    Files.writeString(directory.resolve("config.json"), JSON.writeValueAsString(config));
    // A new file: some file systems flush one that is truncated and written again, which is slow.
    Files.deleteIfExists(directory.resolve("model.safetensors"));
    SafetensorsWriter.tensors(directory.resolve("model.safetensors"), tensors);
    Path tokenizer = GoldenFixture.of(fixture).directory().resolve("tokenizer.json");
    if (Files.exists(tokenizer) && Files.notExists(directory.resolve("tokenizer.json"))) {
      Files.copy(tokenizer, directory.resolve("tokenizer.json"));
    }
  }

  /** The configuration, for messages. */
  public JsonNode config() {
    return config;
  }

  @Override
  public String toString() {
    return fixture + ", seed " + seed;
  }
}
