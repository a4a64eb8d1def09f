package io.sparklrp.explain.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.compile.GraphStorage;
import io.sparklrp.compile.ModelAssembly;
import io.sparklrp.engine.EngineSession;
import io.sparklrp.engine.EngineSessions;
import io.sparklrp.engine.Program;
import io.sparklrp.explain.run.BatchLimits;
import io.sparklrp.explain.run.EngineRunner;
import io.sparklrp.explain.run.Outcome;
import io.sparklrp.explain.run.RunListener;
import io.sparklrp.method.Methods;
import io.sparklrp.model.ModelCard;
import io.sparklrp.model.Target;
import io.sparklrp.oracle.GoldenFixture;
import io.sparklrp.record.EncodedText;
import io.sparklrp.record.RecordRelevance;
import io.sparklrp.record.RecordTargets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class EntityRunTest {
  private final ModelAssembly assembly =
      ModelAssembly.open(GoldenFixture.of("bert-tokcls").directory());

  /** Every record has the entities, and their relevance, that it has alone. */
  @Test
  void recordsOfDifferentNumbersOfEntitiesShareBatchesWithoutHarm() throws Exception {
    Target entities = assembly.target(List.of("entities"));
    Program program;
    try (GraphStorage storage = new GraphStorage()) {
      program = assembly.assemble(Methods.LRP_STAY, entities, 32, storage);
    }
    ModelCard card =
        new ModelCard("id", assembly.task(), assembly.labels(), assembly.problemType(), List.of());
    try (EngineSession session = EngineSessions.ofJvm().acquire(program)) {
      List<WholeInput> inputs = new ArrayList<>();
      for (GoldenFixture.GoldenRecord record : GoldenFixture.of("bert-tokcls").records()) {
        EncodedText text =
            session.tokenizer().orElseThrow().encode(record.text(), record.textPair());
        inputs.add(new WholeInput(text, RecordTargets.NONE));
      }
      EngineRunner runner =
          new EngineRunner(
              session, program.batching(), BatchLimits.ofTokens(512), RunListener.NONE);
      EntityRun run =
          new EntityRun(
              new StageContext(
                  runner,
                  session.tokenizer(),
                  card,
                  entities,
                  assembly.resolver(entities, program)));
      List<Outcome<List<RecordRelevance>>> together = run.run(inputs);
      for (int i = 0; i < inputs.size(); i++) {
        List<RecordRelevance> alone = run.run(List.of(inputs.get(i))).get(0).value();
        assertSame(alone, together.get(i).value());
        assertThat(alone).isSortedAccordingTo((a, b) -> Long.compare(token(a), token(b)));
        for (RecordRelevance found : alone) {
          assertPredicted(found);
        }
      }
    }
  }

  private static long token(RecordRelevance found) {
    return found.target().orElseThrow().index()[0];
  }

  private static void assertSame(List<RecordRelevance> a, List<RecordRelevance> b) {
    assertThat(b).hasSameSizeAs(a);
    for (int i = 0; i < a.size(); i++) {
      assertThat(token(b.get(i))).isEqualTo(token(a.get(i)));
      assertThat(b.get(i).score()).isCloseTo(a.get(i).score(), within(1e-5));
      for (int t = 0; t < a.get(i).tokens(); t++) {
        assertThat(b.get(i).relevance(t)).isCloseTo(a.get(i).relevance(t), within(1e-5f));
      }
    }
  }

  /** The class is the token's highest, and not that of none. */
  private void assertPredicted(RecordRelevance found) {
    int classes = assembly.labels().size();
    int token = (int) (token(found) / classes);
    float[] row = Arrays.copyOfRange(found.logits(), token * classes, (token + 1) * classes);
    int index = (int) (token(found) % classes);
    for (float logit : row) {
      assertThat(logit).isLessThanOrEqualTo(row[index]);
    }
    assertThat(assembly.labels().get(index)).isNotEqualTo("O");
  }
}
