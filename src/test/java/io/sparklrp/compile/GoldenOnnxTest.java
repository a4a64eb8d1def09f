package io.sparklrp.compile;

import io.sparklrp.engine.EngineSessions;
import io.sparklrp.method.Method;
import io.sparklrp.method.Methods;
import io.sparklrp.oracle.GoldenFixture;
import io.sparklrp.oracle.GraphMethods;
import io.sparklrp.oracle.UserMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * ONNX files that both of PyTorch's exporters made of golden checkpoints ({@code
 * scripts/export-golden}), on the engine: relevance, ledger and logits are those of the native
 * path's references.
 */
class GoldenOnnxTest {
  private static final Path FILES = Path.of("src/test/resources/onnx");

  private static final GoldenTable TABLE = new GoldenTable();

  @TempDir Path directory;

  static Stream<Arguments> cases() throws IOException {
    try (Stream<Path> files = Files.list(FILES)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList().stream()
          .flatMap(
              file -> GraphMethods.ofExports().stream().map(method -> Arguments.of(file, method)));
    }
  }

  @AfterAll
  static void closeSessions() throws IOException {
    EngineSessions.ofJvm().closeIdle();
    TABLE.write("onnx.md");
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("cases")
  void relevanceAndLedgerAreTheReferences(String file, Method method) throws Exception {
    GoldenFixture fixture =
        GoldenFixture.of(file.replaceAll("-(dynamo|torchscript)-\\d+\\.onnx$", ""));
    Files.copy(FILES.resolve(file), directory.resolve("model.onnx"));
    for (String beside : new String[] {"config.json", "tokenizer.json"}) {
      Files.copy(fixture.directory().resolve(beside), directory.resolve(beside));
    }
    ModelAssembly assembly = ModelAssembly.open(directory.resolve("model.onnx"));
    String exporter = file.replaceAll("^.*-(dynamo|torchscript)-(\\d+)\\.onnx$", "$1, opset $2");
    TABLE.add(
        fixture.modelType() + " as ONNX (" + exporter + ")",
        fixture.head(),
        method,
        GoldenRun.compare(assembly, fixture, method).deviation());
  }

  /** Where position enters an exported file is not known for certain. */
  @Test
  void positionsTakePartInCheckpointsAlone() throws Exception {
    Files.copy(FILES.resolve("gpt2-seqcls-torchscript-17.onnx"), directory.resolve("model.onnx"));
    GoldenFixture fixture = GoldenFixture.of("gpt2-seqcls");
    for (String beside : new String[] {"config.json", "tokenizer.json"}) {
      Files.copy(fixture.directory().resolve(beside), directory.resolve(beside));
    }
    ModelAssembly assembly = ModelAssembly.open(directory.resolve("model.onnx"));
    UserMessage.of(() -> GoldenRun.compare(assembly, fixture, Methods.PA_ATTNLRP))
        .contains("pa-attnlrp", "checkpoint", "--method attnlrp");
  }
}
