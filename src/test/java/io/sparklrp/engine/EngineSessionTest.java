package io.sparklrp.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparklrp.compile.SampleModel;
import io.sparklrp.error.JobFailedException;
import io.sparklrp.method.Methods;
import io.sparklrp.record.EncodedText;
import io.sparklrp.record.RecordRelevance;
import io.sparklrp.relevance.TargetSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EngineSessionTest {
  private static final SampleModel MODEL = SampleModel.golden();

  private final EngineSessions sessions = new EngineSessions(EngineSessions.IDLE);

  @AfterEach
  void close() {
    sessions.closeIdle();
  }

  private EngineSession session(TargetSource target) {
    return sessions.acquire(MODEL.explanation(Methods.LRP, target));
  }

  @Test
  void aBatchThatFailsSaysHowLargeItWasAndHarmsNothing() {
    EncodedText good = SampleRecords.text(1, 2, 3);
    EncodedText beyond = SampleRecords.text(1, 2, 3, 100_000);
    try (EngineSession session = session(TargetSource.PREDICTED)) {
      double[] before =
          SampleRecords.relevance(
              SampleRecords.first(session, new TokenBatch(List.of(good), null)).get(0));
      assertThatThrownBy(() -> session.explain(new TokenBatch(List.of(good, beyond), null)))
          .isInstanceOf(JobFailedException.class)
          .hasMessageStartingWith("Cannot run a batch of 2 records of up to 4 tokens: ");
      double[] after =
          SampleRecords.relevance(
              SampleRecords.first(session, new TokenBatch(List.of(good), null)).get(0));
      assertThat(after).isEqualTo(before);
    }
  }

  @Test
  void missingSeedsAreAFailedJob() {
    try (EngineSession session = session(TargetSource.SEED)) {
      TokenBatch batch = new TokenBatch(List.of(SampleRecords.text(1, 2)), null);
      assertThatThrownBy(() -> session.explain(batch)).isInstanceOf(JobFailedException.class);
    }
  }

  @Test
  void resultsAreOfTheRecordsOwnLengths() {
    List<EncodedText> texts =
        List.of(SampleRecords.text(1, 2), SampleRecords.text(1, 2, 3, 4), SampleRecords.text(9));
    try (EngineSession session = session(TargetSource.PREDICTED)) {
      assertThat(SampleRecords.first(session, new TokenBatch(texts, null)))
          .extracting(RecordRelevance::tokens)
          .containsExactly(2, 4, 1);
    }
  }

  @Test
  void theLedgerHasTheNamedEntries() {
    Program model = MODEL.explanation(Methods.LRP, TargetSource.PREDICTED);
    try (EngineSession session = sessions.acquire(model)) {
      TokenBatch batch = new TokenBatch(List.of(SampleRecords.text(1, 2)), null);
      assertThat(SampleRecords.first(session, batch).get(0).ledgerSize())
          .isEqualTo(model.ledgerEntries().size());
    }
  }
}
