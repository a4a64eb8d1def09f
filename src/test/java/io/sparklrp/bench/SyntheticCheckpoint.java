package io.sparklrp.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.StringJoiner;

/**
 * Writes a BERT classifier of MiniLM-L6's shape (six layers of size 384, 30,522 word pieces) with
 * seeded random weights, so that its speed can be measured without its weights.
 */
final class SyntheticCheckpoint {
  private static final long SEED = 20220717;
  private static final int VOCABULARY = 30522;
  private static final int HIDDEN = 384;
  private static final int INTERMEDIATE = 1536;
  private static final int LAYERS = 6;
  private static final int CHUNK = 1 << 16;
  private static final String TOKENIZER = "/io/sparklrp/demo/model/tokenizer.json";

  private final Map<String, int[]> shapes = new LinkedHashMap<>();
  private final Random random = new Random(SEED);

  private SyntheticCheckpoint() {
    shapes.put("bert.embeddings.word_embeddings.weight", new int[] {VOCABULARY, HIDDEN});
    shapes.put("bert.embeddings.position_embeddings.weight", new int[] {512, HIDDEN});
    shapes.put("bert.embeddings.token_type_embeddings.weight", new int[] {2, HIDDEN});
    norm("bert.embeddings.LayerNorm");
    for (int layer = 0; layer < LAYERS; layer++) {
      String prefix = "bert.encoder.layer." + layer + ".";
      linear(prefix + "attention.self.query", HIDDEN, HIDDEN);
      linear(prefix + "attention.self.key", HIDDEN, HIDDEN);
      linear(prefix + "attention.self.value", HIDDEN, HIDDEN);
      linear(prefix + "attention.output.dense", HIDDEN, HIDDEN);
      norm(prefix + "attention.output.LayerNorm");
      linear(prefix + "intermediate.dense", HIDDEN, INTERMEDIATE);
      linear(prefix + "output.dense", INTERMEDIATE, HIDDEN);
      norm(prefix + "output.LayerNorm");
    }
    linear("bert.pooler.dense", HIDDEN, HIDDEN);
    linear("classifier", HIDDEN, 2);
  }

  private void norm(String name) {
    shapes.put(name + ".weight", new int[] {HIDDEN});
    shapes.put(name + ".bias", new int[] {HIDDEN});
  }

  private void linear(String name, int in, int out) {
    shapes.put(name + ".weight", new int[] {out, in});
    shapes.put(name + ".bias", new int[] {out});
  }

  /** Writes the checkpoint where it is missing. */
  static Path at(Path directory) {
    if (!Files.exists(directory.resolve("model.safetensors"))) {
      try {
        Files.createDirectories(directory);
        new SyntheticCheckpoint().write(directory);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return directory;
  }

  private void write(Path directory) throws IOException {
    Files.writeString(
        directory.resolve("config.json"),
        """
        {"model_type": "bert", "architectures": ["BertForSequenceClassification"],
         "vocab_size": %d, "hidden_size": %d, "num_hidden_layers": %d, "num_attention_heads": 12,
         "intermediate_size": %d, "max_position_embeddings": 512, "type_vocab_size": 2,
         "hidden_act": "gelu", "layer_norm_eps": 1e-12,
         "id2label": {"0": "negative", "1": "positive"}}
        """
            .formatted(VOCABULARY, HIDDEN, LAYERS, INTERMEDIATE));
    try (InputStream tokenizer = SyntheticCheckpoint.class.getResourceAsStream(TOKENIZER)) {
      Files.copy(tokenizer, directory.resolve("tokenizer.json"));
    }
    Path part = directory.resolve("model.safetensors.part");
    try (OutputStream out = Files.newOutputStream(part)) {
      weights(out);
    }
    Files.move(part, directory.resolve("model.safetensors"), StandardCopyOption.ATOMIC_MOVE);
  }

  private void weights(OutputStream out) throws IOException {
    byte[] header = header().getBytes(StandardCharsets.UTF_8);
    byte[] length = new byte[Long.BYTES];
    little(length).putLong(header.length);
    out.write(length);
    out.write(header);
    for (Map.Entry<String, int[]> tensor : shapes.entrySet()) {
      tensor(out, tensor.getKey(), count(tensor.getValue()));
    }
  }

  private String header() {
    StringJoiner entries = new StringJoiner(",", "{", "}");
    long offset = 0;
    for (Map.Entry<String, int[]> tensor : shapes.entrySet()) {
      long end = offset + 4L * count(tensor.getValue());
      entries.add(
          "\"%s\":{\"dtype\":\"F32\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
              .formatted(
                  tensor.getKey(), java.util.Arrays.toString(tensor.getValue()), offset, end));
      offset = end;
    }
    String json = entries.toString();
    return json + " ".repeat((8 - json.length() % 8) % 8);
  }

  /** Normal weights of deviation 0.04; LayerNorm's weights near 1. */
  private void tensor(OutputStream out, String name, int count) throws IOException {
    float centre = name.endsWith("LayerNorm.weight") ? 1f : 0f;
    for (int start = 0; start < count; start += CHUNK) {
      int size = Math.min(CHUNK, count - start);
      byte[] bytes = new byte[size * Float.BYTES];
      ByteBuffer buffer = little(bytes);
      for (int i = 0; i < size; i++) {
        buffer.putFloat(centre + 0.04f * (float) random.nextGaussian());
      }
      out.write(bytes);
    }
  }

  private static int count(int[] shape) {
    return java.util.Arrays.stream(shape).reduce(1, Math::multiplyExact);
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
