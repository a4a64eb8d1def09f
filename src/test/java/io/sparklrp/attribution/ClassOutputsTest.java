package io.sparklrp.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.record.AllLogits;
import io.sparklrp.record.RecordRelevance;
import io.sparklrp.record.RecordTargets;
import io.sparklrp.record.TargetWeights;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClassOutputsTest {
  private static final ClassOutputs OUTPUTS =
      new ClassOutputs(List.of("bad", "fair", "good"), Probability.SOFTMAX);

  private static RecordRelevance found(TargetWeights target, float score) {
    return new RecordRelevance(
        new AllLogits(new float[] {0, 1, 2}), 2, target, score, new float[3], new float[2]);
  }

  @Test
  void predictionIsThatOfAllTargets() {
    for (TargetWeights target : new TargetWeights[] {null, TargetWeights.of(0)}) {
      Prediction prediction = OUTPUTS.prediction(found(target, 1), RecordTargets.NONE);
      assertThat(prediction.index()).isEqualTo(2);
      assertThat(prediction.label()).isEqualTo("good");
      assertThat((double) prediction.probability())
          .isCloseTo(1 / (1 + Math.exp(-1) + Math.exp(-2)), within(1e-6));
      assertThat(prediction.logits()).containsExactly(0, 1, 2);
    }
  }

  @Test
  void targetIsThePredictedClassWhereNoneIsSaid() {
    assertThat(OUTPUTS.target(found(null, 2), RecordTargets.NONE))
        .isEqualTo(new ExplainedTarget(2, "good", null, null, 2));
  }

  @Test
  void targetIsTheClassThatIsSaid() {
    assertThat(OUTPUTS.target(found(TargetWeights.of(1), 1), RecordTargets.NONE))
        .isEqualTo(new ExplainedTarget(1, "fair", null, null, 1));
  }

  @Test
  void contrastNamesBothClasses() {
    assertThat(OUTPUTS.target(found(TargetWeights.contrast(0, 2), -2), RecordTargets.NONE))
        .isEqualTo(new ExplainedTarget(0, "bad", 2, "good", -2));
  }
}
