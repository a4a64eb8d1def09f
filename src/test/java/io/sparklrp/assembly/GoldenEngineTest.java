package io.sparklrp.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.oracle.GoldenFixture;
import io.sparklrp.relevance.Method;
import io.sparklrp.relevance.TargetSource;
import io.sparklrp.runtime.EncodedText;
import io.sparklrp.runtime.ExplanationModel;
import io.sparklrp.runtime.RecordRelevance;
import io.sparklrp.runtime.RelevanceSession;
import io.sparklrp.runtime.RelevanceSessions;
import io.sparklrp.runtime.TokenBatch;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * From text to relevance on the real engine, in float32, within the tolerance that the fixtures
 * state.
 */
class GoldenEngineTest {
  private static final double TOLERANCE = 1e-5;

  private final GoldenFixture fixture = GoldenFixture.of("bert-seqcls");
  private final ModelAssembly assembly = ModelAssembly.open(fixture.directory());

  @AfterAll
  static void closeSessions() {
    RelevanceSessions.ofJvm().closeIdle();
  }

  @ParameterizedTest
  @EnumSource(Method.class)
  void relevanceAndLedgerOfGivenTargets(Method method) throws Exception {
    ExplanationModel model =
        assembly.assemble(method, TargetSource.SEED, fixture.maxLength(), new GraphStorage());
    try (RelevanceSession session = RelevanceSessions.ofJvm().acquire(model)) {
      for (GoldenFixture.GoldenRecord record : fixture.records()) {
        EncodedText text = session.tokenizer().encode(record.text(), record.textPair());
        float[][] seeds = {record.seed()};
        RecordRelevance result = session.run(new TokenBatch(List.of(text), seeds)).get(0);
        compare(record, method, model, result);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Method.class)
  void relevanceOfPredictedTargetsInOneBatch(Method method) throws Exception {
    ExplanationModel model =
        assembly.assemble(method, TargetSource.PREDICTED, fixture.maxLength(), new GraphStorage());
    List<GoldenFixture.GoldenRecord> records =
        fixture.records().stream().filter(GoldenFixture.GoldenRecord::isPredicted).toList();
    try (RelevanceSession session = RelevanceSessions.ofJvm().acquire(model)) {
      List<EncodedText> texts = new java.util.ArrayList<>();
      for (GoldenFixture.GoldenRecord record : records) {
        texts.add(session.tokenizer().encode(record.text(), record.textPair()));
      }
      List<RecordRelevance> results = session.run(new TokenBatch(texts, null));
      for (int i = 0; i < results.size(); i++) {
        compare(records.get(i), method, model, results.get(i));
      }
    }
  }

  private static void compare(
      GoldenFixture.GoldenRecord record,
      Method method,
      ExplanationModel model,
      RecordRelevance result) {
    double tolerance = TOLERANCE * Math.max(1, record.scale(method.id()));
    double[] reference = record.relevance(method.id());
    assertThat(result.tokens()).isEqualTo(reference.length);
    double sum = 0;
    for (int i = 0; i < reference.length; i++) {
      assertThat((double) result.relevance(i))
          .as("%s, token %d", record, i)
          .isCloseTo(reference[i], within(tolerance));
      sum += result.relevance(i);
    }
    assertThat(result.score()).isCloseTo(record.score(), within(TOLERANCE));
    for (int i = 0; i < record.logits().length; i++) {
      assertThat((double) result.logits()[i]).isCloseTo(record.logits()[i], within(TOLERANCE));
    }
    GoldenFixture.Ledger ledger = record.ledger(method.id());
    for (int i = 0; i < model.ledgerEntries().size(); i++) {
      String entry = model.ledgerEntries().get(i);
      assertThat(result.ledger(i)).as(entry).isCloseTo(ledger.amount(entry), within(tolerance));
      sum += result.ledger(i);
    }
    assertThat(result.score() - sum).as("residual").isCloseTo(ledger.residual(), within(tolerance));
    assertThat(result.failure()).isEmpty();
  }
}
