package io.sparklrp.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.engine.EngineSession;
import io.sparklrp.engine.EngineSessions;
import io.sparklrp.engine.Program;
import io.sparklrp.engine.SampleRecords;
import io.sparklrp.engine.TokenBatch;
import io.sparklrp.method.Method;
import io.sparklrp.method.MethodOptions;
import io.sparklrp.oracle.GoldenFixture;
import io.sparklrp.record.EncodedText;
import io.sparklrp.record.RecordRelevance;
import io.sparklrp.record.RecordTargets;
import io.sparklrp.record.TargetWeights;
import io.sparklrp.relevance.TargetSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * With more steps the completeness gap goes to 0 (Sundararajan et al. 2017, proposition 1). Not
 * where embeddings go into a LayerNorm with nothing added: all of the path but its very beginning
 * is the same to such a model.
 */
class IntegratedGradientsTest {
  private static final List<String> TEXTS =
      List.of("the film was not bad at all", "a dull house", "today the river is fine and great");

  @AfterAll
  static void closeSessions() {
    EngineSessions.ofJvm().closeIdle();
  }

  @ParameterizedTest
  @CsvSource({
    "bert-seqcls, zero",
    "bert-seqcls, pad",
    "roberta-seqcls, zero",
    "roberta-seqcls, pad",
    "gpt2-seqcls, zero",
    "electra-seqcls, zero"
  })
  void theGapShrinksWithTheSteps(String name, String baseline) throws Exception {
    GoldenFixture fixture = GoldenFixture.of(name);
    ModelAssembly assembly = ModelAssembly.open(fixture.directory());
    double few = largestGap(assembly, fixture, 4, baseline);
    double more = largestGap(assembly, fixture, 32, baseline);
    double many = largestGap(assembly, fixture, 256, baseline);
    assertThat(more).isLessThan(few);
    assertThat(many).isLessThan(more).isCloseTo(0, within(2e-3));
  }

  private static double largestGap(
      ModelAssembly assembly, GoldenFixture fixture, int steps, String baseline) throws Exception {
    Method method =
        MethodOptions.NONE
            .with("steps", steps)
            .with("baseline", baseline)
            .method("integrated-gradients");
    Program program =
        assembly.assemble(
            ProgramCompiler.Variant.whole(assembly.forward()),
            method,
            TargetPlan.of(TargetSource.TARGETS),
            fixture.maxLength(),
            new GraphStorage());
    try (EngineSession session = EngineSessions.ofJvm().acquire(program)) {
      List<EncodedText> texts = new ArrayList<>();
      List<RecordTargets> targets = new ArrayList<>();
      for (String text : TEXTS) {
        texts.add(session.tokenizer().orElseThrow().encode(text, null));
        targets.add(new RecordTargets(new long[0], List.of(TargetWeights.of(1))));
      }
      return SampleRecords.first(session, TokenBatch.of(texts, targets)).stream()
          .mapToDouble(IntegratedGradientsTest::gap)
          .max()
          .orElseThrow();
    }
  }

  private static double gap(RecordRelevance found) {
    double rest = found.score() - found.ledger(0);
    for (int token = 0; token < found.tokens(); token++) {
      rest -= found.relevance(token);
    }
    return Math.abs(rest);
  }
}
