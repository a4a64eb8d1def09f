package io.sparklrp.oracle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/**
 * A BERT classifier with seeded random weights, of any size.
 *
 * @param deviation standard deviation of its weights
 */
public record SyntheticBert(
    int vocabulary,
    int positions,
    int hidden,
    int intermediate,
    int layers,
    int heads,
    int labels,
    String activation,
    double deviation,
    long seed) {
  /** The shape of a six-layer MiniLM: what the bench measures. */
  public static SyntheticBert minilm() {
    return new SyntheticBert(30522, 512, 384, 1536, 6, 12, 2, "gelu", 0.04, 20220717);
  }

  /** The shape of BERT-base, 110 million parameters. */
  public static SyntheticBert base() {
    return new SyntheticBert(30522, 512, 768, 3072, 12, 12, 2, "gelu", 0.04, 20181011);
  }

  /** A tiny one of a random shape, made of a seed. */
  public static SyntheticBert tiny(long seed, String activation) {
    Random random = new Random(seed);
    int heads = 1 + random.nextInt(3);
    return new SyntheticBert(
        900,
        16,
        heads * (1 + random.nextInt(4)),
        1 + random.nextInt(12),
        1 + random.nextInt(3),
        heads,
        2 + random.nextInt(3),
        activation,
        0.5,
        seed);
  }

  /** Writes {@code config.json} and {@code model.safetensors}; the tokenizer is the caller's. */
  public Path write(Path directory) throws IOException {
    Files.createDirectories(directory);
    Files.writeString(directory.resolve("config.json"), config());
    Path part = directory.resolve("model.safetensors.part");
    SafetensorsWriter.random(part, shapes(), deviation, seed);
    Files.move(part, directory.resolve("model.safetensors"), StandardCopyOption.ATOMIC_MOVE);
    return directory;
  }

  private String config() {
    StringBuilder names = new StringBuilder("\"0\": \"label 0\"");
    for (int i = 1; i < labels; i++) {
      names.append(", \"").append(i).append("\": \"label ").append(i).append('"');
    }
    return """
        {"model_type": "bert", "architectures": ["BertForSequenceClassification"],
         "vocab_size": %d, "hidden_size": %d, "num_hidden_layers": %d, "num_attention_heads": %d,
         "intermediate_size": %d, "max_position_embeddings": %d, "type_vocab_size": 2,
         "hidden_act": "%s", "layer_norm_eps": 1e-12, "id2label": {%s}}
        """
        .formatted(vocabulary, hidden, layers, heads, intermediate, positions, activation, names);
  }

  /** The tensors' shapes by name. */
  public Map<String, int[]> shapes() {
    Map<String, int[]> shapes = new LinkedHashMap<>();
    shapes.put("bert.embeddings.word_embeddings.weight", new int[] {vocabulary, hidden});
    shapes.put("bert.embeddings.position_embeddings.weight", new int[] {positions, hidden});
    shapes.put("bert.embeddings.token_type_embeddings.weight", new int[] {2, hidden});
    norm(shapes, "bert.embeddings.LayerNorm");
    for (int layer = 0; layer < layers; layer++) {
      String prefix = "bert.encoder.layer." + layer + ".";
      linear(shapes, prefix + "attention.self.query", hidden, hidden);
      linear(shapes, prefix + "attention.self.key", hidden, hidden);
      linear(shapes, prefix + "attention.self.value", hidden, hidden);
      linear(shapes, prefix + "attention.output.dense", hidden, hidden);
      norm(shapes, prefix + "attention.output.LayerNorm");
      linear(shapes, prefix + "intermediate.dense", hidden, intermediate);
      linear(shapes, prefix + "output.dense", intermediate, hidden);
      norm(shapes, prefix + "output.LayerNorm");
    }
    linear(shapes, "bert.pooler.dense", hidden, hidden);
    linear(shapes, "classifier", hidden, labels);
    return shapes;
  }

  private void norm(Map<String, int[]> shapes, String name) {
    shapes.put(name + ".weight", new int[] {hidden});
    shapes.put(name + ".bias", new int[] {hidden});
  }

  private static void linear(Map<String, int[]> shapes, String name, int in, int out) {
    shapes.put(name + ".weight", new int[] {out, in});
    shapes.put(name + ".bias", new int[] {out});
  }
}
