package io.sparklrp.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparklrp.engine.EngineSessions;
import io.sparklrp.method.Method;
import io.sparklrp.method.Methods;
import io.sparklrp.oracle.GraphMethods;
import io.sparklrp.oracle.UserMessage;
import io.sparklrp.record.RecordRelevance;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Exported models that once were refused: their logits are ONNX Runtime's own, records in a batch
 * are what they are alone, the ledger closes, and the gradient is that of finite differences.
 */
class OnnxCaseTest {
  private static final Path CASES = Path.of("src/test/resources/cases");
  private static final List<String> USUAL =
      List.of("The cat did not like the film.", "not", "a great house, and a small dog");

  /** MobileBERT's embedding of a token reads the next one's, even where that is padding. */
  private static final List<String> READ_PADDING = List.of("mobilebert-ts");

  @AfterAll
  static void closeSessions() {
    EngineSessions.ofJvm().closeIdle();
  }

  static Stream<Arguments> casesAndMethods() {
    return cases()
        .flatMap(
            name -> GraphMethods.ofExports().stream().map(method -> Arguments.of(name, method)));
  }

  static Stream<String> cases() {
    return Stream.of("bart-ts", "float16", "mobilebert-ts", "roformer-ts");
  }

  static Stream<String> casesThatLeavePaddingAlone() {
    return cases().filter(name -> !READ_PADDING.contains(name));
  }

  private static ModelAssembly open(String name) {
    return ModelAssembly.open(CASES.resolve(name).resolve("model.onnx"));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("casesAndMethods")
  void recordsAreExplained(String name, Method method) throws Exception {
    if (name.equals("bart-ts") && method.readsAllRows()) {
      UserMessage.of(() -> new CaseRun(open(name), method)).contains("attention weights");
      return;
    }
    JsonNode records = records(name);
    CaseRun run = new CaseRun(open(name), method);
    List<RecordRelevance> results = run.alone(texts(records));
    for (int i = 0; i < records.size(); i++) {
      JsonNode logits = records.get(i).get("logits");
      for (int c = 0; c < logits.size(); c++) {
        assertThat((double) results.get(i).logits()[c])
            .isCloseTo(logits.get(c).asDouble(), within(1e-4));
      }
    }
    if (!READ_PADDING.contains(name)) {
      run.padded(texts(records));
    }
  }

  private static List<String> texts(JsonNode records) {
    List<String> texts = new ArrayList<>();
    records.forEach(record -> texts.add(record.get("text").asText()));
    return texts.isEmpty() ? USUAL : texts;
  }

  private static JsonNode records(String name) throws IOException {
    return new ObjectMapper()
        .readTree(CASES.resolve(name).resolve("case.json").toFile())
        .get("records");
  }

  @ParameterizedTest
  @MethodSource("casesThatLeavePaddingAlone")
  void gradientIsThatOfFiniteDifferences(String name) {
    SelfTest.Result result = SelfTest.run(open(name), Methods.LRP_STAY);
    assertThat(result.passed()).as(String.join("\n", result.lines())).isTrue();
  }

  /** The decoder's words: the encoder's part is then a constant of the record. */
  @ParameterizedTest
  @MethodSource("io.sparklrp.oracle.GraphMethods#ofExports")
  void theDecodersLookupCanBeNamed(Method method) throws Exception {
    String decoder = "/m/model/decoder/embed_tokens/Gather_output_0";
    ModelAssembly assembly =
        ModelAssembly.open(
            CASES.resolve("bart-ts").resolve("model.onnx"), ModelOptions.of(null, decoder, null));
    if (method.readsAllRows()) {
      UserMessage.of(() -> new CaseRun(assembly, method)).contains("attention weights");
      return;
    }
    new CaseRun(assembly, method).padded(texts(records("bart-ts")));
  }

  /**
   * The last end token of a record counts, however many others of its batch have; the logits are
   * ONNX Runtime's of the record alone.
   */
  @Test
  void recordsOfOneBatchMayHaveDifferentNumbersOfEndTokens() throws Exception {
    CaseRun run = new CaseRun(open("bart-ts"), Methods.LRP_STAY);
    String text = "The cat </s> did not like the film.";
    run.padded(List.of("not", text, "a </s> great </s> house"));
    float[] logits = run.alone(List.of(text)).get(0).logits();
    assertThat(logits)
        .containsExactly(new float[] {0.293282f, -0.057005f, -0.453504f}, within(1e-4f));
  }
}
