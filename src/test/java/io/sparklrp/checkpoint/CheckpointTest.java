package io.sparklrp.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.oracle.EditableCheckpoint;
import io.sparklrp.oracle.UserMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTest {
  @TempDir Path parent;

  @Test
  void missingDirectoryIsNamed() {
    Path nowhere = parent.resolve("nowhere");
    UserMessage.of(() -> Checkpoint.open(nowhere)).contains(nowhere.toString());
  }

  @Test
  void fileInsteadOfADirectoryIsRefused() throws IOException {
    Path file = Files.createFile(parent.resolve("model.bin"));
    UserMessage.of(() -> Checkpoint.open(file)).contains(file.toString(), "directory");
  }

  @ParameterizedTest
  @ValueSource(strings = {"config.json", "model.safetensors", "tokenizer.json"})
  void eachMissingFileIsNamed(String file) throws IOException {
    Path directory = EditableCheckpoint.tiny(1, parent.resolve("model")).directory();
    Files.delete(directory.resolve(file));
    UserMessage.of(() -> Checkpoint.open(directory)).contains(directory.toString(), file);
  }

  @ParameterizedTest
  @ValueSource(strings = {"config.json", "model.safetensors", "tokenizer.json"})
  void directoriesInTheirPlaceAreRefused(String file) throws IOException {
    Path directory = EditableCheckpoint.tiny(1, parent.resolve("model")).directory();
    Files.delete(directory.resolve(file));
    Files.createDirectory(directory.resolve(file));
    UserMessage.of(() -> Checkpoint.open(directory)).contains(directory.toString(), file);
  }

  @Test
  void tensorsAreReadOnlyWhenTheirDataIsAskedFor() throws IOException {
    EditableCheckpoint written = EditableCheckpoint.tiny(1, parent.resolve("model"));
    written.tensor("unread", io.sparklrp.graph.Tensor.floats(new long[] {1}, Float.NaN));
    Checkpoint checkpoint = written.open();
    assertThat(checkpoint.weights().shape("unread")).containsExactly(1);
    UserMessage.of(() -> checkpoint.weights().get("unread").data()).contains("unread");
  }
}
