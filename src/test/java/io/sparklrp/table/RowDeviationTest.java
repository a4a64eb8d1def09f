package io.sparklrp.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.attribution.Attribution;
import io.sparklrp.attribution.ExplainedTarget;
import io.sparklrp.attribution.LedgerAmounts;
import io.sparklrp.attribution.NothingExplained;
import io.sparklrp.attribution.Prediction;
import io.sparklrp.attribution.RecordError;
import io.sparklrp.attribution.Result;
import io.sparklrp.attribution.TokenRelevance;
import io.sparklrp.model.Precision;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A row is compared with what comes out of its record now. */
class RowDeviationTest {
  private static final RowOrigin ORIGIN = new RowOrigin("lrp", "model", "run");

  private static Attribution found(int index, float first, float second) {
    List<TokenRelevance> tokens =
        List.of(
            new TokenRelevance("a", 5, 0, 1, 0, 0, false, first),
            new TokenRelevance("b", 6, 2, 3, 1, 0, false, second));
    float[] logits = {index == 0 ? 2f : 1f, index == 1 ? 2f : 1f};
    return new Attribution(
        new Prediction(index, "l" + index, 0.7f, logits, null),
        new ExplainedTarget(index, "l" + index, null, null, first + second + 1),
        tokens,
        List.of(),
        new LedgerAmounts(first + second, 0, 0, 1, 0, Map.of("head", 1.0), null),
        false);
  }

  private static OutputRow row(Result result) {
    return OutputRow.of(result, ORIGIN);
  }

  @Test
  void theSameIsTheSame() {
    RowDeviation none = RowDeviation.of(row(found(0, 1, 2)), List.of(found(0, 1, 2)));
    assertThat(none.value()).isZero();
  }

  @Test
  void aDifferenceIsMeasuredByTheLargestRelevance() {
    RowDeviation large = RowDeviation.of(row(found(0, 1, 100)), List.of(found(0, 1.5f, 99.5f)));
    assertThat(large.value()).isCloseTo(0.5 / 100, within(1e-6));
    assertThat(large.part()).isEqualTo("relevance");
    RowDeviation small = RowDeviation.of(row(found(0, 0.1f, 0)), List.of(found(0, 0, 0.1f)));
    assertThat(small.value()).isCloseTo(0.1, within(1e-6));
  }

  /** Each of its two numbers may be off by as much. */
  @Test
  void aSumIsMeasuredByHowManyItSums() {
    Attribution found = found(0, 1, 2);
    LedgerAmounts ledger = new LedgerAmounts(3.6, 0, 0, 1, 0, Map.of("head", 1.0), null);
    Attribution other =
        new Attribution(
            found.prediction(), found.target(), found.tokens(), List.of(), ledger, false);
    RowDeviation deviation = RowDeviation.of(row(other), List.of(found));
    assertThat(deviation.value()).isCloseTo(0.6 / (3 * 2), within(1e-9));
    assertThat(deviation.part()).isEqualTo("ledger.tokens");
  }

  @Test
  void ofSeveralTargetsTheSameIsCompared() {
    List<Result> both = List.of(found(0, 1, 2), found(1, 3, 4));
    assertThat(RowDeviation.of(row(found(1, 3, 4)), both).value()).isZero();
    OutputRow other =
        row(
            new Attribution(
                found(0, 1, 2).prediction(),
                new ExplainedTarget(7, "l7", null, null, 4),
                found(0, 1, 2).tokens(),
                List.of(),
                found(0, 1, 2).ledger(),
                false));
    assertThat(RowDeviation.of(other, both))
        .isEqualTo(new RowDeviation(Double.POSITIVE_INFINITY, "target"));
  }

  @Test
  void anotherPredictionIsAnotherRowUnlessBothAreEqualUpToRounding() {
    assertThat(RowDeviation.of(row(found(0, 1, 2)), List.of(found(1, 1, 2))).value())
        .isGreaterThan(0.1);
    RowDeviation tie = RowDeviation.of(row(tied(0)), List.of(tied(1)));
    assertThat(tie.value()).isLessThan(Precision.FLOAT32.bound());
  }

  private static Attribution tied(int index) {
    Attribution like = found(index, 1, 2);
    float[] logits = {2f, 2f};
    Prediction said = new Prediction(index, "l" + index, 0.5f, logits, null);
    return new Attribution(said, like.target(), like.tokens(), List.of(), like.ledger(), false);
  }

  @Test
  void tokensThatAreOthersAreNotCompared() {
    Attribution found = found(0, 1, 2);
    TokenRelevance moved = new TokenRelevance("b", 6, 3, 4, 1, 0, false, 2);
    Attribution other =
        new Attribution(
            found.prediction(),
            found.target(),
            List.of(found.tokens().get(0), moved),
            List.of(),
            found.ledger(),
            false);
    assertThat(RowDeviation.of(row(other), List.of(found)))
        .isEqualTo(new RowDeviation(Double.POSITIVE_INFINITY, "tokens"));
  }

  @Test
  void errorsAndNothingAreTold() {
    RecordError error = new RecordError("length", "It is too long.");
    assertThat(RowDeviation.of(row(found(0, 1, 2)), List.of(error)).part())
        .isEqualTo("error length");
    OutputRow nothing = row(new NothingExplained(false));
    assertThat(RowDeviation.of(nothing, List.of(new NothingExplained(false))).value()).isZero();
    assertThat(RowDeviation.of(nothing, List.of(found(0, 1, 2))).value()).isInfinite();
    assertThat(RowDeviation.of(row(found(0, 1, 2)), List.of(new NothingExplained(false))).value())
        .isInfinite();
  }

  /** What is left out of the output is not compared. */
  @Test
  void partsThatWereLeftOutAreNotCompared() {
    OutputRow row = row(found(0, 1, 2));
    for (Omission part : Omission.values()) {
      row = part.from(row);
    }
    assertThat(RowDeviation.of(row, List.of(found(0, 1, 2))).value()).isZero();
  }
}
