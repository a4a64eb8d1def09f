package io.sparklrp.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.record.AllLogits;
import io.sparklrp.record.RecordRelevance;
import io.sparklrp.record.RecordTargets;
import io.sparklrp.record.TargetWeights;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokenOutputsTest {
  private static final TokenOutputs OUTPUTS = new TokenOutputs(List.of("O", "PER", "LOC"));

  /** Outputs of three tokens: PER, O and LOC are the highest. */
  private static final float[] ALL = {0, 3, 1, 5, 2, 4, 0, 0, 6};

  private static final float[] ONE_ROW = {1, 2, 4};

  private static RecordRelevance found(float[] logits, int predicted, TargetWeights target) {
    return new RecordRelevance(
        new AllLogits(logits), predicted, target, 6, new float[3], new float[2]);
  }

  private static RecordTargets at(long token) {
    return new RecordTargets(new long[] {token}, List.of());
  }

  @Test
  void entityIsAClassOfItsToken() {
    RecordRelevance found = found(ALL, 8, TargetWeights.of(2 * 3 + 2));
    assertThat(OUTPUTS.target(found, RecordTargets.NONE))
        .isEqualTo(new ExplainedTarget(2, "token:2:LOC", null, null, 6));
    Prediction prediction = OUTPUTS.prediction(found, RecordTargets.NONE);
    assertThat(prediction.index()).isEqualTo(2);
    assertThat(prediction.label()).isEqualTo("LOC");
    assertThat(prediction.logits()).containsExactly(0, 0, 6);
    assertThat((double) prediction.probability())
        .isCloseTo(1 / (1 + 2 * Math.exp(-6)), within(1e-6));
  }

  @Test
  void firstTokensOutputsAreTheFirstRow() {
    RecordRelevance found = found(ALL, 8, TargetWeights.of(1));
    assertThat(OUTPUTS.target(found, RecordTargets.NONE).label()).isEqualTo("token:0:PER");
    assertThat(OUTPUTS.prediction(found, RecordTargets.NONE).logits()).containsExactly(0, 3, 1);
  }

  @Test
  void givenTokensHaveOneRow() {
    RecordRelevance found = found(ONE_ROW, 2, TargetWeights.of(1));
    assertThat(OUTPUTS.target(found, at(7)))
        .isEqualTo(new ExplainedTarget(1, "token:7:PER", null, null, 6));
    assertThat(OUTPUTS.prediction(found, at(7)).label()).isEqualTo("LOC");
    assertThat(OUTPUTS.prediction(found, at(7)).logits()).containsExactly(ONE_ROW);
  }

  @Test
  void predictedClassOfAGivenToken() {
    RecordRelevance found = found(ONE_ROW, 2, null);
    assertThat(OUTPUTS.target(found, at(7)).label()).isEqualTo("token:7:LOC");
    assertThat(OUTPUTS.prediction(found, at(7)).index()).isEqualTo(2);
  }

  @Test
  void contrastNamesTheTokenTwice() {
    RecordRelevance found = found(ONE_ROW, 2, TargetWeights.contrast(1, 0));
    assertThat(OUTPUTS.target(found, at(7)))
        .isEqualTo(new ExplainedTarget(1, "token:7:PER", 0, "token:7:O", 6));
  }

  /** A record of one token, whose outputs are one row although all are there. */
  @Test
  void onlyTokenOfARecord() {
    RecordRelevance found = found(ONE_ROW, 2, TargetWeights.of(2));
    assertThat(OUTPUTS.target(found, RecordTargets.NONE).label()).isEqualTo("token:0:LOC");
    assertThat(OUTPUTS.prediction(found, RecordTargets.NONE).logits()).containsExactly(ONE_ROW);
  }
}
