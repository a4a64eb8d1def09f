package io.sparklrp.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparklrp.compile.SampleModel;
import io.sparklrp.error.JobFailedException;
import io.sparklrp.method.Methods;
import io.sparklrp.record.EncodedText;
import io.sparklrp.record.RecordRelevance;
import io.sparklrp.method.Method;
import io.sparklrp.relevance.TargetSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RelevanceSessionTest {
  private static final SampleModel MODEL = SampleModel.golden();

  private final RelevanceSessions sessions = new RelevanceSessions();

  @AfterEach
  void close() {
    sessions.closeIdle();
  }

  private RelevanceSession session(TargetSource target) {
    return sessions.acquire(MODEL.explanation(Methods.LRP, target));
  }

  @Test
  void aBatchThatFailsSaysHowLargeItWasAndHarmsNothing() {
    EncodedText good = SampleRecords.text(1, 2, 3);
    EncodedText beyond = SampleRecords.text(1, 2, 3, 100_000);
    try (RelevanceSession session = session(TargetSource.PREDICTED)) {
      double[] before =
          SampleRecords.relevance(session.run(new TokenBatch(List.of(good), null)).get(0));
      assertThatThrownBy(() -> session.run(new TokenBatch(List.of(good, beyond), null)))
          .isInstanceOf(JobFailedException.class)
          .hasMessageStartingWith("Cannot run a batch of 2 records of up to 4 tokens: ");
      double[] after =
          SampleRecords.relevance(session.run(new TokenBatch(List.of(good), null)).get(0));
      assertThat(after).isEqualTo(before);
    }
  }

  @Test
  void missingSeedsAreAFailedJob() {
    try (RelevanceSession session = session(TargetSource.SEED)) {
      TokenBatch batch = new TokenBatch(List.of(SampleRecords.text(1, 2)), null);
      assertThatThrownBy(() -> session.run(batch)).isInstanceOf(JobFailedException.class);
    }
  }

  @Test
  void resultsAreOfTheRecordsOwnLengths() {
    List<EncodedText> texts =
        List.of(SampleRecords.text(1, 2), SampleRecords.text(1, 2, 3, 4), SampleRecords.text(9));
    try (RelevanceSession session = session(TargetSource.PREDICTED)) {
      assertThat(session.run(new TokenBatch(texts, null)))
          .extracting(RecordRelevance::tokens)
          .containsExactly(2, 4, 1);
    }
  }

  @Test
  void theLedgerHasTheNamedEntries() {
    ExplanationModel model = MODEL.explanation(Methods.LRP, TargetSource.PREDICTED);
    try (RelevanceSession session = sessions.acquire(model)) {
      TokenBatch batch = new TokenBatch(List.of(SampleRecords.text(1, 2)), null);
      assertThat(session.run(batch).get(0).ledgerSize()).isEqualTo(model.ledgerEntries().size());
    }
  }
}
