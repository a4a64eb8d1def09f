package io.sparklrp.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparklrp.engine.EngineSession;
import io.sparklrp.engine.EngineSessions;
import io.sparklrp.engine.Program;
import io.sparklrp.engine.SampleRecords;
import io.sparklrp.engine.TokenBatch;
import io.sparklrp.explain.TargetResolver;
import io.sparklrp.method.Method;
import io.sparklrp.model.Target;
import io.sparklrp.record.EncodedText;
import io.sparklrp.record.RecordRelevance;
import io.sparklrp.record.RecordTargets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One BERT with two exports, eager attention and scaled_dot_product_attention: a token's class has
 * the same relevance in both, and the row of the one token that is read is not taken out of the
 * weights in a way that hides the attention.
 */
class AttentionCaseTest {
  private static final Path CASES = Path.of("src/test/resources/cases");
  private static final String TARGET = "token:2:A";
  private static final double CLOSE = 1e-5;

  @AfterAll
  static void closeSessions() {
    EngineSessions.ofJvm().closeIdle();
  }

  @ParameterizedTest
  @MethodSource("io.sparklrp.oracle.GraphMethods#ofExports")
  void bothFormsOfAttentionHaveTheSameRelevance(Method method) throws Exception {
    List<RecordRelevance> eager = explain("attention-eager", method);
    List<RecordRelevance> sdpa = explain("attention-sdpa", method);
    for (int i = 0; i < eager.size(); i++) {
      assertThat(sdpa.get(i).tokens()).isEqualTo(eager.get(i).tokens());
      for (int token = 0; token < eager.get(i).tokens(); token++) {
        assertThat(sdpa.get(i).relevance(token))
            .as("record %d, token %d", i, token)
            .isCloseTo(eager.get(i).relevance(token), within((float) CLOSE));
      }
    }
  }

  private static List<RecordRelevance> explain(String name, Method method) throws Exception {
    Path directory = CASES.resolve(name);
    JsonNode records =
        new ObjectMapper().readTree(directory.resolve("case.json").toFile()).get("records");
    ModelAssembly assembly = ModelAssembly.open(directory.resolve("model.onnx"));
    Target target = assembly.target(List.of(TARGET));
    Program model = assembly.assemble(method, target, 32, new GraphStorage());
    TargetResolver resolver = assembly.resolver(target, model);
    try (EngineSession session = EngineSessions.ofJvm().acquire(model)) {
      List<EncodedText> texts = new ArrayList<>();
      List<RecordTargets> asked = new ArrayList<>();
      for (JsonNode record : records) {
        EncodedText text =
            session.tokenizer().orElseThrow().encode(record.get("text").asText(), null);
        texts.add(text);
        asked.add(resolver.resolve(text, 0, 0));
      }
      List<RecordRelevance> results = SampleRecords.first(session, TokenBatch.of(texts, asked));
      for (int i = 0; i < results.size(); i++) {
        check(records.get(i), results.get(i), method, model);
      }
      return results;
    }
  }

  private static void check(JsonNode record, RecordRelevance result, Method method, Program model) {
    double score = record.get("logits").get(2).get(1).asDouble();
    assertThat(result.score()).isCloseTo(score, within(1e-5));
    double sum = 0;
    double scale = Math.max(1, Math.abs(score));
    for (int token = 0; token < result.tokens(); token++) {
      sum += result.relevance(token);
    }
    for (int entry = 0; entry < model.ledgerEntries().size(); entry++) {
      sum += result.ledger(entry);
      scale += Math.abs(result.ledger(entry));
    }
    if (method.isConservative()) {
      assertThat(sum).as("the ledger closes").isCloseTo(result.score(), within(1e-4 * scale));
    }
  }
}
