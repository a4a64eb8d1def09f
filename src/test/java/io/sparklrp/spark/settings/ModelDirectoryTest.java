package io.sparklrp.spark.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.checkpoint.SentenceModules;
import io.sparklrp.checkpoint.TokenizerFile;
import io.sparklrp.compile.ModelAssembly;
import io.sparklrp.error.UserException;
import io.sparklrp.spark.RemoteFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A model that lies on another file system means what it means on this machine. */
class ModelDirectoryTest {
  private static final Path RESOURCES = Path.of("src/test/resources");

  /** Every checkpoint's directory and ONNX file of the tests. */
  static List<Path> models() throws IOException {
    try (Stream<Path> files = Files.walk(RESOURCES)) {
      return files
          .filter(file -> file.endsWith("model.safetensors") || file.toString().endsWith(".onnx"))
          .map(file -> file.endsWith("model.safetensors") ? file.getParent() : file)
          .sorted()
          .toList();
    }
  }

  /** What is read of a model: identity, notes, length, tokenizer, what is behind the model. */
  private record Meaning(
      String modelId, List<String> notes, int length, String tokenizer, String modules) {
    static Meaning of(ModelDirectory model) {
      Path path = model.path();
      ModelAssembly assembly = ModelAssembly.open(path);
      Path directory = Files.isDirectory(path) ? path : path.getParent();
      SentenceModules modules = SentenceModules.read(directory);
      return new Meaning(
          assembly.modelId(),
          assembly.notes(),
          assembly.lengths().maxLength(null),
          assembly.readsImages() ? "" : tokenizer(directory, modules),
          modules.poolingModes() + " " + modules.isNormalised() + " " + modules.unsupported());
    }

    private static String tokenizer(Path directory, SentenceModules modules) {
      TokenizerFile file =
          TokenizerFile.read(directory.resolve("tokenizer.json"), modules.isLowered());
      return new String(file.bytes(), StandardCharsets.UTF_8)
          + file.maxLength()
          + file.givesTypes()
          + file.cutsLeft()
          + file.maskId();
    }
  }

  /** What a model means, or why it cannot be used. */
  private static Object meaning(String model) {
    try (ModelDirectory directory = ModelDirectory.of(model, RemoteFiles.known())) {
      Path path = directory.path();
      Path home = Files.isDirectory(path) ? path : path.getParent();
      try {
        return Meaning.of(directory);
      } catch (UserException e) {
        return e.getMessage().replace(home.toAbsolutePath().toString(), "MODEL");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void aRemoteModelMeansTheSame(Path model) {
    assertThat(meaning(RemoteFiles.path(model))).isEqualTo(meaning(model.toString()));
  }
}
