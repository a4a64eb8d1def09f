package io.sparklrp.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparklrp.checkpoint.Checkpoint;
import io.sparklrp.checkpoint.Weights;
import io.sparklrp.graph.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A random BERT with the golden fixture's tokenizer, written to a directory again after every
 * change.
 */
public final class EditableCheckpoint {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path TOKENIZER =
      GoldenFixture.of("bert-seqcls").directory().resolve("tokenizer.json");

  private final Path directory;
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();
  private final ObjectNode config;

  private EditableCheckpoint(SyntheticBert shape, Path directory) throws IOException {
    this.directory = shape.write(directory);
    Files.copy(TOKENIZER, directory.resolve("tokenizer.json"));
    Weights weights = Checkpoint.open(directory).weights();
    for (String name : weights.names()) {
      Tensor tensor = weights.get(name);
      tensors.put(name, Tensor.floats(tensor.shape(), tensor.toFloats()));
    }
    this.config = (ObjectNode) JSON.readTree(directory.resolve("config.json").toFile());
  }

  /** Writes a random BERT. */
  public static EditableCheckpoint of(SyntheticBert shape, Path directory) throws IOException {
    return new EditableCheckpoint(shape, directory);
  }

  /** Writes a tiny one of two layers, two heads and three labels. */
  public static EditableCheckpoint tiny(long seed, Path directory) throws IOException {
    return of(new SyntheticBert(900, 16, 6, 5, 2, 2, 3, "gelu", 0.5, seed), directory);
  }

  public Path directory() {
    return directory;
  }

  public Checkpoint open() {
    return Checkpoint.open(directory);
  }

  /** The tensors as they are now. */
  public Map<String, Tensor> tensors() {
    return new LinkedHashMap<>(tensors);
  }

  /** Sets a key of {@code config.json} to a JSON value. */
  public EditableCheckpoint config(String key, String json) throws IOException {
    config.set(key, JSON.readTree(json));
    return writeConfig();
  }

  /** Removes a key of {@code config.json}. */
  public EditableCheckpoint without(String key) throws IOException {
    JsonNode removed = config.remove(key);
    if (removed == null) {
      throw new AssertionError("config.json has no " + key);
    }
    return writeConfig();
  }

  private EditableCheckpoint writeConfig() throws IOException {
    Files.writeString(directory.resolve("config.json"), JSON.writeValueAsString(config));
    return this;
  }

  /** Adds or replaces a tensor. */
  public EditableCheckpoint tensor(String name, Tensor tensor) throws IOException {
    tensors.put(name, tensor);
    return writeTensors();
  }

  /** Removes a tensor. */
  public EditableCheckpoint remove(String name) throws IOException {
    if (tensors.remove(name) == null) {
      throw new AssertionError("The checkpoint has no tensor " + name);
    }
    return writeTensors();
  }

  /** Renames all tensors. */
  public EditableCheckpoint rename(UnaryOperator<String> renamed) throws IOException {
    Map<String, Tensor> before = tensors();
    tensors.clear();
    before.forEach((name, tensor) -> tensors.put(renamed.apply(name), tensor));
    return writeTensors();
  }

  private EditableCheckpoint writeTensors() throws IOException {
    // A new file: some file systems flush one that is truncated and written again, which is slow.
    Files.delete(directory.resolve("model.safetensors"));
    SafetensorsWriter.tensors(directory.resolve("model.safetensors"), tensors);
    return this;
  }

  /** Writes the tensors as shards, dealt out in turn, instead of one file. */
  public EditableCheckpoint shards(int count) throws IOException {
    ObjectNode index = JSON.createObjectNode();
    ObjectNode map = index.putObject("weight_map");
    for (int shard = 0; shard < count; shard++) {
      String file = String.format("model-%05d-of-%05d.safetensors", shard + 1, count);
      Map<String, Tensor> dealt = new LinkedHashMap<>();
      int place = 0;
      for (Map.Entry<String, Tensor> tensor : tensors.entrySet()) {
        if (place++ % count == shard) {
          dealt.put(tensor.getKey(), tensor.getValue());
          map.put(tensor.getKey(), file);
        }
      }
      SafetensorsWriter.tensors(directory.resolve(file), dealt);
    }
    Files.writeString(
        directory.resolve("model.safetensors.index.json"), JSON.writeValueAsString(index));
    Files.delete(directory.resolve("model.safetensors"));
    return this;
  }
}
