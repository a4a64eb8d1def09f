package io.sparklrp.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparklrp.error.UserException;
import io.sparklrp.files.Confinement;
import io.sparklrp.graph.Tensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A checkpoint's tensors, from {@code model.safetensors} or the shards that {@code
 * model.safetensors.index.json} lists.
 */
public final class Weights {
  private static final String SINGLE = ModelFiles.WEIGHTS;
  private static final String INDEX = ModelFiles.WEIGHTS_INDEX;
  private static final long INDEX_LIMIT = 100L << 20;

  private final List<Path> files;
  private final Map<String, SafetensorsFile> byTensor;

  private Weights(List<Path> files, Map<String, SafetensorsFile> byTensor) {
    this.files = List.copyOf(files);
    this.byTensor = Collections.unmodifiableMap(new LinkedHashMap<>(byTensor));
  }

  /** Opens the weights of a directory. */
  static Weights open(Path directory) {
    if (Confinement.exists(directory.resolve(SINGLE))) {
      return single(directory.resolve(SINGLE));
    }
    if (Confinement.exists(directory.resolve(INDEX))) {
      return sharded(directory);
    }
    throw new UserException(
        String.format(
            "Cannot open model %s: it has neither %s nor %s. Save the model as safetensors.",
            directory, SINGLE, INDEX));
  }

  private static Weights single(Path file) {
    SafetensorsFile opened = SafetensorsFile.open(file);
    Map<String, SafetensorsFile> tensors = new LinkedHashMap<>();
    opened.names().forEach(name -> tensors.put(name, opened));
    return new Weights(List.of(file), tensors);
  }

  private static Weights sharded(Path directory) {
    Path index = directory.resolve(INDEX);
    JsonNode map =
        BoundedFile.object(BoundedFile.read(index, INDEX_LIMIT), index.toString())
            .path("weight_map");
    if (!map.isObject()) {
      throw new UserException("Cannot read " + index + ": it has no weight_map. Check the file.");
    }
    Map<String, SafetensorsFile> shards = new LinkedHashMap<>();
    Map<String, SafetensorsFile> tensors = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : map.properties()) {
      String shard = entry.getValue().asText();
      if (!PlainText.isPlain(entry.getKey()) || !PlainText.isPlain(shard)) {
        throw new UserException(
            "Cannot read "
                + index
                + ": a tensor's or shard's name has control characters or is too long."
                + " Download the model again.");
      }
      SafetensorsFile opened =
          shards.computeIfAbsent(shard, name -> SafetensorsFile.open(inside(directory, name)));
      if (!opened.names().contains(entry.getKey())) {
        throw new UserException(
            String.format(
                "Cannot open model %s: shard %s has no tensor %s, which %s says. Download the model again.",
                directory, shard, entry.getKey(), INDEX));
      }
      tensors.put(entry.getKey(), opened);
    }
    List<Path> files = new ArrayList<>();
    files.add(index);
    shards.keySet().forEach(shard -> files.add(directory.resolve(shard)));
    return new Weights(files, tensors);
  }

  /** A shard's path, which must be a file of the directory itself, links followed. */
  private static Path inside(Path directory, String name) {
    Path file = directory.resolve(name);
    boolean plain = !name.isEmpty() && name.equals(String.valueOf(file.getFileName()));
    if (plain && Files.isRegularFile(file) && Confinement.holds(directory, file)) {
      return file;
    }
    throw new UserException(
        String.format(
            "Cannot open model %s: shard '%s' is missing or outside of the directory. Put all shards beside %s.",
            directory, name, INDEX));
  }

  /** Names of all tensors. */
  public Set<String> names() {
    return byTensor.keySet();
  }

  /** Shape of a tensor. */
  public long[] shape(String name) {
    return file(name).shape(name);
  }

  /**
   * A tensor as float32: a mapped slice of the file, or converted from float16 or bfloat16 whenever
   * its data is read.
   *
   * @throws UserException if its element type is another one
   */
  public Tensor get(String name) {
    return file(name).tensor(name);
  }

  private SafetensorsFile file(String name) {
    SafetensorsFile file = byTensor.get(name);
    if (file == null) {
      throw new IllegalArgumentException("Cannot find tensor " + name + ".");
    }
    return file;
  }

  /** The files that hold the tensors, and the index that says which of several does. */
  public List<Path> files() {
    return files;
  }
}
