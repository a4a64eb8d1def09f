package io.sparklrp.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.engine.EngineSession;
import io.sparklrp.engine.EngineSessions;
import io.sparklrp.engine.Program;
import io.sparklrp.engine.SampleRecords;
import io.sparklrp.engine.TokenBatch;
import io.sparklrp.method.Method;
import io.sparklrp.oracle.GoldenFixture;
import io.sparklrp.oracle.GoldenFixture.GoldenRecord;
import io.sparklrp.oracle.GraphMethods;
import io.sparklrp.oracle.UserMessage;
import io.sparklrp.record.EncodedText;
import io.sparklrp.record.RecordRelevance;
import io.sparklrp.record.RecordTargets;
import io.sparklrp.record.TargetWeights;
import io.sparklrp.relevance.TargetSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tiny models of architectures that are explained as ONNX only, by both of PyTorch's exporters
 * ({@code scripts/export-architectures}): logits, relevance and residual of every method are those
 * of unchanged Hugging Face code in double precision, of records that are padded to one length.
 */
class ArchitectureExportTest {
  private static final Path FILES =
      Path.of(System.getProperty("sparklrp.architectures", "src/test/resources/architectures"));

  /** MobileBERT's embedding of a token reads the next one's, even where that is padding. */
  private static final Set<String> READ_PADDING = Set.of("mobilebert");

  /** An encoder's tokens are read by a decoder, whose rows are others. */
  private static final Set<String> HAVE_DECODER = Set.of("bart", "mbart", "t5", "t5-gated");

  private static final double TOLERANCE = 1e-5;

  private static final GoldenTable TABLE = new GoldenTable();

  @TempDir Path directory;

  static Stream<Arguments> cases() throws IOException {
    List<Path> exported = new ArrayList<>();
    try (Stream<Path> files = Files.walk(FILES)) {
      files.filter(file -> file.toString().endsWith(".onnx.gz")).sorted().forEach(exported::add);
    }
    return exported.stream()
        .filter(file -> Files.exists(file.resolveSibling("golden.json")))
        .flatMap(
            file ->
                GraphMethods.ofExports().stream()
                    .map(method -> Arguments.of(FILES.relativize(file), method)));
  }

  @AfterAll
  static void closeSessions() throws IOException {
    EngineSessions.ofJvm().closeIdle();
    TABLE.write("architectures.md");
  }

  @Execution(ExecutionMode.CONCURRENT)
  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("cases")
  void relevanceIsTheReference(Path file, Method method) throws Exception {
    Path source = FILES.resolve(file);
    GoldenFixture fixture = GoldenFixture.in(source.getParent());
    try (InputStream unpacked = new GZIPInputStream(Files.newInputStream(source))) {
      Files.copy(unpacked, directory.resolve("model.onnx"));
    }
    Files.copy(source.resolveSibling("config.json"), directory.resolve("config.json"));
    Files.copy(FILES.resolve("tokenizer.json"), directory.resolve("tokenizer.json"));
    ModelAssembly assembly = ModelAssembly.open(directory.resolve("model.onnx"));
    if (method.readsAllRows() && HAVE_DECODER.contains(String.valueOf(fixture))) {
      UserMessage.of(() -> compare(assembly, fixture, method)).contains("attention weights");
      return;
    }
    double deviation = compare(assembly, fixture, method);
    String exporter =
        String.valueOf(file.getFileName())
            .replaceAll("^(dynamo|torchscript)-(\\d+).*", "$1, opset $2");
    TABLE.add(file.getParent() + " as ONNX (" + exporter + ")", fixture.head(), method, deviation);
  }

  private static double compare(ModelAssembly assembly, GoldenFixture fixture, Method method)
      throws Exception {
    List<GoldenRecord> records = fixture.records();
    boolean isByToken = records.get(0).row().isPresent();
    TargetPlan plan = isByToken ? TargetPlan.ofOneRow() : TargetPlan.of(TargetSource.TARGETS);
    Program model =
        assembly.assemble(
            new ProgramCompiler.Variant(assembly.forward(), "export"),
            GoldenRun.inSteps(method),
            plan,
            fixture.maxLength(),
            new GraphStorage());
    double largest = 0;
    try (EngineSession session = EngineSessions.ofJvm().acquire(model)) {
      List<RecordRelevance> results =
          READ_PADDING.contains(String.valueOf(fixture))
              ? alone(session, records)
              : SampleRecords.first(session, batch(session, records));
      for (int i = 0; i < records.size(); i++) {
        largest = Math.max(largest, compare(records.get(i), method, results.get(i)));
      }
    }
    return largest;
  }

  private static List<RecordRelevance> alone(EngineSession session, List<GoldenRecord> records)
      throws Exception {
    List<RecordRelevance> results = new ArrayList<>();
    for (GoldenRecord record : records) {
      results.addAll(SampleRecords.first(session, batch(session, List.of(record))));
    }
    return results;
  }

  private static TokenBatch batch(EngineSession session, List<GoldenRecord> records)
      throws Exception {
    List<EncodedText> texts = new ArrayList<>();
    List<RecordTargets> targets = new ArrayList<>();
    for (GoldenRecord record : records) {
      texts.add(session.tokenizer().orElseThrow().encode(record.text(), null));
      int output = 0;
      while (record.seed()[output] == 0) {
        output++;
      }
      long[] rows = record.row().stream().asLongStream().toArray();
      targets.add(new RecordTargets(rows, List.of(TargetWeights.of(output))));
    }
    return TokenBatch.of(texts, targets);
  }

  private static double compare(GoldenRecord record, Method method, RecordRelevance result) {
    double scale = Math.max(1, record.scale(method.id()));
    double[] reference = record.relevance(method.id());
    assertThat(result.failure()).isEmpty();
    assertThat(result.tokens()).isEqualTo(reference.length);
    double[] logits = record.logits();
    for (int i = 0; i < logits.length; i++) {
      assertThat((double) result.logits()[i])
          .as("%s, logit %d", record, i)
          .isCloseTo(logits[i], within(TOLERANCE * Math.max(1, Math.abs(logits[i]))));
    }
    double rest = result.score();
    double largest = 0;
    for (int i = 0; i < reference.length; i++) {
      assertThat((double) result.relevance(i))
          .as("%s, token %d", record, i)
          .isCloseTo(reference[i], within(TOLERANCE * scale));
      largest = Math.max(largest, Math.abs(result.relevance(i) - reference[i]));
      rest -= result.relevance(i);
    }
    for (int i = 0; i < result.ledgerSize(); i++) {
      rest -= result.ledger(i);
    }
    if (method.isConservative()) {
      assertThat(rest).as("%s, residual", record).isCloseTo(0, within(10 * TOLERANCE * scale));
    }
    return largest / scale;
  }
}
