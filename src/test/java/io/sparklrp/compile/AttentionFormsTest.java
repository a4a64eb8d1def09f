package io.sparklrp.compile;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl;
import io.sparklrp.checkpoint.Checkpoint;
import io.sparklrp.checkpoint.Weights;
import io.sparklrp.engine.EngineSessions;
import io.sparklrp.graph.Tensor;
import io.sparklrp.method.Method;
import io.sparklrp.oracle.GoldenFixture;
import io.sparklrp.oracle.GraphMethods;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Relevance does not depend on how an exporter wrote attention: every golden model of texts that
 * exports, with eager attention and as scaled_dot_product_attention, by both of PyTorch's exporters
 * ({@code scripts/export-attention}), under every method.
 */
class AttentionFormsTest {
  private static final Path GRAPHS = Path.of("src/test/resources/attention/graphs.zip");
  private static final List<String> BESIDE =
      List.of("config.json", "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json");
  private static final double CLOSE = 1e-5;
  private static final GoldenTable DIFFERENCES = new GoldenTable();
  private static final GoldenTable DEVIATIONS = new GoldenTable();

  @TempDir Path directory;

  /** A fixture's graphs by one exporter: names of files, null where it does not export so. */
  record Forms(String fixture, String exporter, String eager, String sdpa) {
    @Override
    public String toString() {
      return fixture + " by " + exporter;
    }
  }

  static Iterable<Forms> forms() throws IOException {
    Map<String, Forms> forms = new TreeMap<>();
    try (ZipFile archive = new ZipFile(GRAPHS.toFile())) {
      Enumeration<? extends ZipEntry> entries = archive.entries();
      while (entries.hasMoreElements()) {
        String file = entries.nextElement().getName();
        String fixture = file.replaceAll("-(eager|sdpa)-.*", "");
        String exporter = file.replaceAll(".*-(torchscript|dynamo)-(\\d+)\\.onnx", "$1, opset $2");
        boolean isEager = file.contains("-eager-");
        forms.merge(
            fixture + exporter,
            new Forms(fixture, exporter, isEager ? file : null, isEager ? null : file),
            (a, b) -> new Forms(fixture, exporter, a.eager, b.sdpa));
      }
    }
    return forms.values();
  }

  @AfterAll
  static void writeTables() throws IOException {
    EngineSessions.ofJvm().closeIdle();
    DIFFERENCES.write("attention-differences.md");
    DEVIATIONS.write("attention.md");
  }

  @Execution(ExecutionMode.CONCURRENT)
  @ParameterizedTest(name = "{0}")
  @MethodSource("forms")
  void relevanceIsTheReferenceInBothForms(Forms forms) throws Exception {
    GoldenFixture fixture = GoldenFixture.of(forms.fixture);
    assertThat(forms.eager)
        .as("every golden model of texts exports with eager attention")
        .isNotNull();
    ModelAssembly eager = open(forms.eager, fixture);
    Optional<ModelAssembly> sdpa =
        forms.sdpa == null ? Optional.empty() : Optional.of(open(forms.sdpa, fixture));
    for (Method method : GraphMethods.ofAttention()) {
      GoldenRun.Comparison written = GoldenRun.compare(eager, fixture, method);
      add(DEVIATIONS, forms, "eager", fixture, method, written.deviation());
      if (sdpa.isPresent()) {
        GoldenRun.Comparison fused = GoldenRun.compare(sdpa.get(), fixture, method);
        add(DEVIATIONS, forms, "sdpa", fixture, method, fused.deviation());
        double difference = written.from(fused);
        assertThat(difference).as(method.id()).isLessThan(CLOSE);
        DIFFERENCES.add(name(forms, fixture), fixture.head(), method, difference);
      }
    }
  }

  private static void add(
      GoldenTable table,
      Forms forms,
      String form,
      GoldenFixture fixture,
      Method method,
      double amount) {
    table.add(name(forms, fixture) + ", " + form, fixture.head(), method, amount);
  }

  private static String name(Forms forms, GoldenFixture fixture) {
    return fixture.modelType() + " (" + forms.exporter + ")";
  }

  /** The graph with the fixture's weights, opened as a user would. */
  private ModelAssembly open(String file, GoldenFixture fixture) throws IOException {
    Path model = Files.createDirectory(directory.resolve(file.replace(".onnx", "")));
    try (ZipFile archive = new ZipFile(GRAPHS.toFile())) {
      Files.write(
          model.resolve("model.onnx"),
          archive.getInputStream(archive.getEntry(file)).readAllBytes());
    }
    writeWeights(model, fixture);
    for (String beside : BESIDE) {
      if (Files.exists(fixture.directory().resolve(beside))) {
        Files.copy(fixture.directory().resolve(beside), model.resolve(beside));
      }
    }
    return ModelAssembly.open(model.resolve("model.onnx"));
  }

  private static void writeWeights(Path model, GoldenFixture fixture) throws IOException {
    OnnxMl.ModelProto proto =
        OnnxMl.ModelProto.parseFrom(Files.readAllBytes(model.resolve("model.onnx")));
    String listed =
        proto.getMetadataPropsList().stream()
            .filter(entry -> entry.getKey().equals("weights"))
            .findFirst()
            .orElseThrow()
            .getValue();
    Weights weights = Checkpoint.open(fixture.directory()).weights();
    try (FileChannel out =
        FileChannel.open(
            model.resolve("weights.bin"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      for (String name : listed.lines().toList()) {
        boolean isTransposed = name.endsWith("'");
        Tensor tensor = weights.get(isTransposed ? name.substring(0, name.length() - 1) : name);
        out.write(isTransposed ? transposed(tensor) : tensor.data());
      }
    }
  }

  private static ByteBuffer transposed(Tensor tensor) {
    float[] values = tensor.toFloats();
    int rows = (int) tensor.shape()[0];
    int columns = (int) tensor.shape()[1];
    ByteBuffer turned =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int column = 0; column < columns; column++) {
      for (int row = 0; row < rows; row++) {
        turned.putFloat(values[row * columns + column]);
      }
    }
    return turned.flip();
  }
}
