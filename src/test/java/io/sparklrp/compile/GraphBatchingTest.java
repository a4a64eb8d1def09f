package io.sparklrp.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.engine.Batching;
import io.sparklrp.onnx.OnnxModelFile;
import io.sparklrp.oracle.GoldenFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Well-made models are not slowed down for what they do not do. */
class GraphBatchingTest {
  private static List<Path> exported() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/test/resources/onnx"))) {
      return files.filter(file -> file.toString().endsWith(".onnx")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("exported")
  void exportedModelsShareBatchesFreely(Path file) {
    Batching batching =
        GraphBatching.of(OnnxModelFile.read(file, Optional.empty(), Optional.empty()).graph());
    assertThat(batching).isEqualTo(Batching.PADDED);
  }

  @ParameterizedTest
  @MethodSource("io.sparklrp.oracle.GoldenFixture#names")
  void checkpointsShareBatchesFreely(String name) {
    ModelAssembly assembly = ModelAssembly.open(GoldenFixture.of(name).directory());
    assertThat(GraphBatching.of(assembly.forward()).sharing()).isEqualTo(Batching.Sharing.PADDED);
    assertThat(GraphBatching.of(assembly.forward()).reasons()).isEmpty();
  }
}
