package io.sparklrp.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.record.AllLogits;
import io.sparklrp.record.RecordRelevance;
import io.sparklrp.record.RecordTargets;
import io.sparklrp.record.TargetWeights;
import org.junit.jupiter.api.Test;

class SpanOutputsTest {
  private static final SpanOutputs OUTPUTS = new SpanOutputs();

  /** Start and end of three tokens; the highest are the start of 1 and the end of 2. */
  private static final float[] LOGITS = {0, 1, 4, 2, 3, 5};

  private static RecordRelevance found(TargetWeights target) {
    return new RecordRelevance(new AllLogits(LOGITS), 5, target, 9, new float[3], new float[2]);
  }

  private static ExplainedTarget target(TargetWeights target) {
    return OUTPUTS.target(found(target), RecordTargets.NONE);
  }

  @Test
  void predictionIsTheSpanOfBothHighest() {
    Prediction prediction = OUTPUTS.prediction(found(TargetWeights.of(0)), RecordTargets.NONE);
    assertThat(prediction.index()).isEqualTo(1);
    assertThat(prediction.label()).isEqualTo("span:1:2");
    double start = 1 / (1 + Math.exp(-4) + Math.exp(-1));
    double end = 1 / (1 + Math.exp(-4) + Math.exp(-3));
    assertThat((double) prediction.probability()).isCloseTo(start * end, within(1e-6));
    assertThat(prediction.logits()).containsExactly(LOGITS);
  }

  @Test
  void spanStartAndEndAreWrittenAsTheyAreAskedFor() {
    assertThat(target(TargetWeights.sum(2, 5)))
        .isEqualTo(new ExplainedTarget(1, "span:1:2", null, null, 9));
    assertThat(target(TargetWeights.of(4)))
        .isEqualTo(new ExplainedTarget(2, "start:2", null, null, 9));
    assertThat(target(TargetWeights.of(1)))
        .isEqualTo(new ExplainedTarget(0, "end:0", null, null, 9));
    assertThat(target(TargetWeights.contrast(2, 4)))
        .isEqualTo(new ExplainedTarget(1, "start:1", 2, "start:2", 9));
    assertThat(target(TargetWeights.contrast(5, 1)))
        .isEqualTo(new ExplainedTarget(2, "end:2", 0, "end:0", 9));
  }

  /** A document of several windows, of which one was read: the others' tokens have no outputs. */
  @Test
  void tokensOutsideTheWindowAreNeverAnswers() {
    float none = Float.NEGATIVE_INFINITY;
    float[] logits = {none, none, -5, -6, -7, -4};
    RecordRelevance found =
        new RecordRelevance(
            new AllLogits(logits), 5, TargetWeights.sum(2, 5), 9, new float[3], new float[2]);
    Prediction prediction = OUTPUTS.prediction(found, RecordTargets.NONE);
    assertThat(prediction.label()).isEqualTo("span:1:2");
    assertThat(prediction.probability()).isBetween(0f, 1f);
    assertThat(prediction.logits()).isNull();
  }
}
