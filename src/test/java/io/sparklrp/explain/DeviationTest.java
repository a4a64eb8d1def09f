package io.sparklrp.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.engine.SampleRecords;
import io.sparklrp.record.RecordRelevance;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeviationTest {
  private static List<RecordRelevance> found(float logit, int predicted, float relevance) {
    return List.of(
        SampleRecords.found(
            new float[] {logit, 0}, predicted, logit, new float[] {relevance, 0}, 0.5f));
  }

  @Test
  void isOverTheScaleOfTheResults() {
    assertThat(Deviation.of(found(1, 0, 10), found(1, 0, 11))).isEqualTo(0.1, within(1e-6));
    assertThat(Deviation.of(found(0.1f, 0, 0.2f), found(0.1f, 0, 0.3f)))
        .isEqualTo(0.1, within(1e-6));
    assertThat(Deviation.of(found(1, 0, 10), found(1, 0, 10))).isZero();
  }

  /** Which of two equal outputs is explained is a matter of rounding. */
  @Test
  void otherTargetsOfTheSameOutputsAreNoDeviation() {
    assertThat(Deviation.of(found(1, 0, 10), found(1, 1, -10))).isZero();
  }

  @Test
  void otherOutputsAreADeviation() {
    assertThat(Deviation.of(found(1, 0, 0), found(-1, 1, 0))).isEqualTo(2, within(1e-6));
  }

  @Test
  void nothingIsCloseToNaN() {
    assertThat(Deviation.of(found(1, 0, 10), found(1, 0, Float.NaN))).isInfinite();
    assertThat(Deviation.of(found(1, 0, 10), found(Float.NaN, 0, 10))).isInfinite();
  }

  /** A record that is an error by itself tells nothing. */
  @Test
  void recordsThatFailAloneAreNotCompared() {
    assertThat(Deviation.of(found(1, 0, Float.NaN), found(1, 0, 10))).isZero();
  }
}
