package io.sparklrp.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.record.AllLogits;
import io.sparklrp.record.RecordRelevance;
import io.sparklrp.record.RecordTargets;
import io.sparklrp.record.TargetWeights;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class WordOutputsTest {
  private static final List<String> WORDS = List.of("a", "b", "c", "d");
  private static final WordOutputs OUTPUTS =
      new WordOutputs(
          4,
          true,
          ids ->
              Arrays.stream(ids)
                  .mapToObj(id -> WORDS.get((int) id))
                  .collect(Collectors.joining("+")));

  /** Two rows, as of a completion of two tokens. */
  private static final float[] LOGITS = {0, 1, 3, 2, 7, 4, 5, 6};

  private static RecordRelevance found(TargetWeights target, int predicted) {
    return new RecordRelevance(
        new AllLogits(LOGITS), predicted, target, 8, new float[3], new float[2]);
  }

  private static ExplainedTarget target(TargetWeights target) {
    return OUTPUTS.target(found(target, 2), RecordTargets.NONE);
  }

  @Test
  void predictedWordIsOneOfTheFirstRow() {
    assertThat(target(null)).isEqualTo(new ExplainedTarget(2, "c", null, null, 8));
    Prediction prediction = OUTPUTS.prediction(found(null, 2), RecordTargets.NONE);
    assertThat(prediction.index()).isEqualTo(2);
    assertThat(prediction.label()).isEqualTo("c");
    assertThat(prediction.logits()).containsExactly(0, 1, 3, 2);
    double others = Math.exp(-3) + Math.exp(-2) + Math.exp(-1);
    assertThat((double) prediction.probability()).isCloseTo(1 / (1 + others), within(1e-6));
  }

  /** What the model would have said in place of a token of the completion. */
  @Test
  void predictionIsThatOfTheTargetsRow() {
    Prediction prediction =
        OUTPUTS.prediction(found(TargetWeights.of(4 + 1), 2), RecordTargets.NONE);
    assertThat(prediction.index()).isZero();
    assertThat(prediction.label()).isEqualTo("a");
    assertThat(prediction.logits()).containsExactly(7, 4, 5, 6);
    assertThat(target(TargetWeights.of(4 + 1)))
        .isEqualTo(new ExplainedTarget(1, "b", null, null, 8));
  }

  @Test
  void contrastNamesBothWords() {
    assertThat(target(TargetWeights.contrast(3, 1)))
        .isEqualTo(new ExplainedTarget(3, "d", 1, "b", 8));
  }

  /** Positions are told where there are several, and where they are not those of a completion. */
  @Test
  void rowsOfSeveralPositionsAreToldApart() {
    RecordTargets asked = new RecordTargets(new long[] {2, 7}, List.of());
    assertThat(OUTPUTS.target(found(TargetWeights.of(4 + 1), 2), asked).label())
        .isEqualTo("token:7:b");
    ExplainedTarget contrast = OUTPUTS.target(found(TargetWeights.contrast(3, 1), 2), asked);
    assertThat(contrast.label()).isEqualTo("token:2:d");
    assertThat(contrast.againstLabel()).isEqualTo("token:2:b");
    assertThat(contrast.index()).isEqualTo(3);
    WordOutputs completion = new WordOutputs(4, false, ids -> "word");
    assertThat(completion.target(found(TargetWeights.of(4 + 1), 2), asked).label())
        .isEqualTo("word");
    RecordTargets one = new RecordTargets(new long[] {2}, List.of());
    assertThat(OUTPUTS.target(found(TargetWeights.of(1), 2), one).label()).isEqualTo("b");
  }

  @Test
  void sumOfACompletionIsItsText() {
    assertThat(target(TargetWeights.sum(1, 4 + 3)))
        .isEqualTo(new ExplainedTarget(1, "b+d", null, null, 8));
  }
}
