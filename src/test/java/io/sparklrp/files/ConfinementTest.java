package io.sparklrp.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.sparklrp.checkpoint.Checkpoint;
import io.sparklrp.compile.ModelAssembly;
import io.sparklrp.oracle.EditableCheckpoint;
import io.sparklrp.oracle.UserMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Links out of a model's directory are refused, but for those of Hugging Face's cache. */
class ConfinementTest {
  @TempDir Path root;

  private Path file(String path) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, "{}");
  }

  private Path link(String path, String target) throws IOException {
    Path link = root.resolve(path);
    Files.createDirectories(link.getParent());
    return Files.createSymbolicLink(link, Path.of(target));
  }

  @ParameterizedTest
  @CsvSource({
    "models--a--b/snapshots/r, f, ../../blobs/1, true",
    "models--a--b/snapshots/r, sub/f, ../../../blobs/1, true",
    "models--a--b/snapshots/r/sub, f, ../../../blobs/1, true",
    "models--a--b/snapshots/r, f, ../../../models--c--d/blobs/1, false",
    "models--a--b/snapshots/r, f, ../../blobs/deep/1, false",
    "models--a--b/snapshots/r, f, ../../blobs/out, false",
    "models--a--b/snapshots/r, f, ../other/1, false",
    "models--a--b/snapshots, f, ../blobs/1, false",
    "models--a--b/other/r, f, ../../blobs/1, false",
    "hub/snapshots/r, f, ../../blobs/1, false",
    "plain/deep/model, f, ../../blobs/1, false",
    "plain/deep/model, f, inner/1, true",
    "plain/deep/model, f, ../model2/1, false"
  })
  void linksMayLeadIntoTheDirectoryOrToItsOwnBlobs(
      String directory, String name, String target, boolean held) throws IOException {
    for (String blobs : new String[] {"models--a--b", "models--c--d", "hub", "plain"}) {
      file(blobs + "/blobs/1");
      file(blobs + "/blobs/deep/1");
    }
    file("models--a--b/snapshots/other/1");
    file("outside");
    link("models--a--b/blobs/out", "../../outside");
    file("plain/deep/model/inner/1");
    file("plain/deep/model2/1");
    Path link = link(directory + "/" + name, target);
    assertThat(link).isRegularFile();
    Path home = root.resolve(directory);
    assertThat(Confinement.holds(home, link)).isEqualTo(held);
    Path other = Files.createSymbolicLink(root.resolve("linked"), home);
    assertThat(Confinement.holds(other, other.resolve(name))).isEqualTo(held);
    if (!held) {
      UserMessage.of(() -> Confinement.check(home, link)).contains("f is a link that leaves");
    }
  }

  /** A whole repository's folder of blobs may not be a link either. */
  @Test
  void blobsThatLieElsewhereAreRefused() throws IOException {
    file("outside/1");
    link("models--a--b/blobs", "../outside");
    Path link = link("models--a--b/snapshots/r/f", "../../blobs/1");
    assertThat(Confinement.holds(link.getParent(), link)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "config.json",
        "tokenizer.json",
        "model.safetensors",
        "preprocessor_config.json",
        "1_Pooling/config.json",
        "modules.json"
      })
  void everyFileOfACheckpointIsChecked(String name) throws Exception {
    Path model = Files.createDirectories(root.resolve("blobs-of-others/a/model"));
    EditableCheckpoint.tiny(3, model);
    Path file = model.resolve(name);
    Path outside = root.resolve("blobs-of-others/blobs/1");
    Files.createDirectories(outside.getParent());
    Files.createDirectories(file.getParent());
    if (Files.exists(file)) {
      Files.move(file, outside);
    } else {
      Files.writeString(outside, name.equals("modules.json") ? "[]" : "{}");
    }
    Files.createSymbolicLink(file, outside);
    refused(model, file.getFileName() + " is a link that leaves");
    Files.delete(file);
    Files.createSymbolicLink(file, Path.of("nothing"));
    refused(model, file.getFileName() + " is no file");
    Files.delete(file);
    Files.createDirectory(file);
    refused(model, file.getFileName() + " is no file");
    Files.delete(file);
    Process pipe = new ProcessBuilder("mkfifo", file.toString()).start();
    assumeThat(pipe.waitFor()).isZero();
    refused(model, file.getFileName() + " is no file");
  }

  @Test
  void linkedDirectoryOfAPoolingIsChecked() throws IOException {
    Path model = Files.createDirectories(root.resolve("model"));
    EditableCheckpoint.tiny(3, model);
    file("pooling/config.json");
    link("model/1_Pooling", "../pooling");
    refused(model, "config.json is a link that leaves");
  }

  private static void refused(Path model, String why) {
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(20), () -> UserMessage.of(() -> read(model)).contains(why));
  }

  private static void read(Path model) {
    Checkpoint checkpoint = Checkpoint.open(model);
    checkpoint.modules().unsupported();
    checkpoint.modules().poolingModes();
    ModelAssembly.open(model);
  }
}
