package io.sparklrp.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.oracle.EditableCheckpoint;
import io.sparklrp.oracle.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentHashTest {
  @TempDir Path parent;

  private EditableCheckpoint model(String name) throws IOException {
    return EditableCheckpoint.tiny(5, parent.resolve(name));
  }

  private static String hash(Path directory) {
    return Checkpoint.open(directory).contentHash();
  }

  private static void flipBit(Path file, int bit) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bit / 8] ^= (byte) (1 << bit % 8);
    Files.write(file, bytes);
  }

  @Test
  void sameContentElsewhereHasTheSameHash() throws IOException {
    String hash = hash(model("one").directory());
    assertThat(hash(model("another").directory())).isEqualTo(hash).matches("[0-9a-f]{64}");
  }

  @Test
  void filesThatAreNoPartOfTheModelDoNotMatter() throws IOException {
    Path directory = model("one").directory();
    String hash = hash(directory);
    Files.writeString(directory.resolve("README.md"), "new");
    assertThat(hash(directory)).isEqualTo(hash);
  }

  /** Of the weights any one bit, in the middle of the numbers and in the last of them. */
  @Test
  void everyFileOfTheModelMatters() throws IOException {
    Path directory = model("one").directory();
    String hash = hash(directory);
    Path weights = directory.resolve("model.safetensors");
    int size = (int) Files.size(weights);
    for (int bit : new int[] {8 * size - 32, 4 * size}) {
      flipBit(weights, bit);
      assertThat(hash(directory)).as("bit %d", bit).isNotEqualTo(hash);
      flipBit(weights, bit);
    }
    for (String file : List.of("config.json", "tokenizer.json")) {
      String content = Files.readString(directory.resolve(file));
      Files.writeString(directory.resolve(file), content + " ");
      assertThat(hash(directory)).as(file).isNotEqualTo(hash);
      Files.writeString(directory.resolve(file), content);
    }
    assertThat(hash(directory)).isEqualTo(hash);
  }

  @Test
  void orderOfTheShardsDoesNotMatter() throws IOException {
    Path directory = model("one").shards(5).directory();
    List<Path> files = new ArrayList<>(Weights.open(directory).files());
    String hash = ContentHash.of(directory, files);
    for (int seed = 0; seed < 20; seed++) {
      Collections.shuffle(files, new Random(seed));
      assertThat(ContentHash.of(directory, files)).as("seed %d", seed).isEqualTo(hash);
    }
  }

  @Test
  void everyShardMatters() throws IOException {
    Path directory = model("one").shards(3).directory();
    String hash = hash(directory);
    for (Path shard : Weights.open(directory).files()) {
      if (shard.toString().endsWith(".safetensors")) {
        int last = 8 * (int) Files.size(shard) - 32;
        flipBit(shard, last);
        assertThat(hash(directory)).as(shard.toString()).isNotEqualTo(hash);
        flipBit(shard, last);
      }
    }
  }

  /** A file that holds what another file's name and content would add must not pass for both. */
  @Test
  void contentThatLooksLikeAnotherFileIsNone() throws IOException {
    Path directory = model("one").directory();
    Path first = directory.resolve("a.safetensors");
    Path second = directory.resolve("b.safetensors");
    Files.writeString(first, "x");
    Files.writeString(second, "y");
    String hash = ContentHash.of(directory, List.of(first, second));
    Files.writeString(first, "x\0\0\0\rb.safetensorsy"); // \r is 13, the length of the name
    assertThat(ContentHash.of(directory, List.of(first))).isNotEqualTo(hash);
  }

  /** Two shards hold a tensor of the same name: the index alone says which one the model has. */
  @Test
  void indexOfTheShardsMatters() throws IOException {
    EditableCheckpoint model = model("one").shards(2);
    String bias = "classifier.bias";
    Path index = model.directory().resolve("model.safetensors.index.json");
    String before = Files.readString(index);
    String holder = holder(before, bias);
    String other = holder.equals(shard(1)) ? shard(2) : shard(1);
    SafetensorsWriter.tensors(model.directory().resolve(other), model.tensors());
    String hash = hash(model.directory());
    Files.writeString(index, before.replace(entry(bias, holder), entry(bias, other)));
    assertThat(Files.readString(index)).isNotEqualTo(before);
    assertThat(hash(model.directory())).isNotEqualTo(hash);
  }

  private static String shard(int number) {
    return "model-0000" + number + "-of-00002.safetensors";
  }

  private static String entry(String tensor, String shard) {
    return "\"" + tensor + "\":\"" + shard + "\"";
  }

  private static String holder(String index, String tensor) {
    return Stream.of(shard(1), shard(2))
        .filter(shard -> index.contains(entry(tensor, shard)))
        .findFirst()
        .orElseThrow();
  }
}
