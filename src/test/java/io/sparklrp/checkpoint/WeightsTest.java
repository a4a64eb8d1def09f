package io.sparklrp.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.graph.Tensor;
import io.sparklrp.oracle.EditableCheckpoint;
import io.sparklrp.oracle.SafetensorsWriter;
import io.sparklrp.oracle.UserMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Weights in one file and in shards. */
class WeightsTest {
  private static final String INDEX = "model.safetensors.index.json";

  @TempDir Path parent;

  private Path directory() {
    return parent.resolve("model");
  }

  private static Tensor vector(float... elements) {
    return Tensor.floats(new long[] {elements.length}, elements);
  }

  /** Two shards, one tensor each, and an index that says what the caller likes. */
  private void indexed(String weightMap) throws IOException {
    Files.createDirectories(directory());
    SafetensorsWriter.tensors(directory().resolve("one.safetensors"), Map.of("a", vector(1)));
    SafetensorsWriter.tensors(directory().resolve("two.safetensors"), Map.of("b", vector(2)));
    Files.writeString(directory().resolve(INDEX), weightMap);
  }

  private static String map(String shardOfB) {
    return "{\"metadata\": {}, \"weight_map\": {\"a\": \"one.safetensors\", \"b\": %s}}"
        .formatted(shardOfB);
  }

  private void refused(String... parts) {
    UserMessage.of(() -> Weights.open(directory()))
        .contains(directory().toString())
        .contains(parts);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7})
  void shardsHoldTheSameAsOneFile(int count) throws IOException {
    EditableCheckpoint checkpoint = EditableCheckpoint.tiny(11, directory()).shards(count);
    Weights weights = Weights.open(directory());
    // The shards and their index.
    assertThat(weights.files()).hasSize(count + 1);
    assertThat(weights.names()).isEqualTo(checkpoint.tensors().keySet());
    checkpoint
        .tensors()
        .forEach(
            (name, tensor) -> {
              assertThat(weights.shape(name)).as(name).isEqualTo(tensor.shape());
              assertThat(weights.get(name).data()).as(name).isEqualTo(tensor.data());
            });
  }

  @Test
  void oneFileIsPreferredToAnIndexBesideIt() throws IOException {
    indexed("{}");
    SafetensorsWriter.tensors(directory().resolve("model.safetensors"), Map.of("c", vector(3)));
    assertThat(Weights.open(directory()).names()).containsExactly("c");
  }

  @Test
  void onlyWhatTheIndexNamesIsThere() throws IOException {
    indexed("{\"weight_map\": {\"b\": \"two.safetensors\"}}");
    Weights weights = Weights.open(directory());
    assertThat(weights.names()).containsExactly("b");
    assertThat(weights.get("b").toFloats()).containsExactly(2);
  }

  @Test
  void missingWeightsAreToldWithBothNames() throws IOException {
    Files.createDirectories(directory());
    refused("model.safetensors", INDEX);
  }

  @Test
  void tensorThatIsNotInItsShardIsNamed() throws IOException {
    indexed(map("\"one.safetensors\""));
    refused("one.safetensors", "no tensor b");
  }

  @Test
  void missingShardIsNamed() throws IOException {
    indexed(map("\"three.safetensors\""));
    refused("three.safetensors");
  }

  @Test
  void damagedShardIsNamed() throws IOException {
    indexed(map("\"two.safetensors\""));
    Files.write(directory().resolve("two.safetensors"), new byte[3]);
    refused("two.safetensors");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"../outside.safetensors\"",
        "\"../model/two.safetensors\"",
        "\"./two.safetensors\"",
        "\"two.safetensors/\"",
        "\"sub/../two.safetensors\"",
        "\"ABSOLUTE\"",
        "\"link.safetensors\"",
        "\"..\"",
        "\".\"",
        "\"\"",
        "\"two.safetensors\\u0000\"",
        "\"two\\nspark-lrp: all is well.\"",
        "null",
        "2",
        "{\"file\": \"two.safetensors\"}"
      })
  void shardsOutsideOfTheDirectoryAreRefused(String shard) throws IOException {
    Path outside = parent.resolve("outside.safetensors");
    SafetensorsWriter.tensors(outside, Map.of("b", vector(2)));
    indexed(map(shard.replace("ABSOLUTE", outside.toString())));
    Files.createSymbolicLink(directory().resolve("link.safetensors"), outside);
    refused("shard", INDEX);
  }

  @Test
  void linkedDirectoryAndLinksWithinItAreFine() throws IOException {
    indexed(map("\"link.safetensors\""));
    Files.createSymbolicLink(directory().resolve("link.safetensors"), Path.of("two.safetensors"));
    Path link = Files.createSymbolicLink(parent.resolve("link"), directory());
    assertThat(Weights.open(link).get("b").toFloats()).containsExactly(2);
  }

  /** Hugging Face's cache: snapshots/REVISION links to ../../blobs. */
  @Test
  void snapshotOfTheCacheIsFine() throws IOException {
    Path snapshot = Files.createDirectories(parent.resolve("models--org--name/snapshots/0a1b"));
    Path blobs = Files.createDirectories(parent.resolve("models--org--name/blobs"));
    SafetensorsWriter.tensors(blobs.resolve("b2f7"), Map.of("b", vector(2)));
    Files.createSymbolicLink(snapshot.resolve("two.safetensors"), Path.of("../../blobs/b2f7"));
    Files.writeString(snapshot.resolve(INDEX), "{\"weight_map\": {\"b\": \"two.safetensors\"}}");
    assertThat(Weights.open(snapshot).get("b").toFloats()).containsExactly(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{\"weight_map\": []}", "{}", "{\"weight_map\": {}} x", "\0"})
  void indexThatIsNoneIsRefused(String index) throws IOException {
    indexed(index);
    refused(INDEX);
  }

  @Test
  void namesWithControlCharactersAreRefusedAndNotPrinted() throws IOException {
    indexed("{\"weight_map\": {\"b\\nspark-lrp: all is well.\": \"two.safetensors\"}}");
    refused(INDEX);
  }
}
