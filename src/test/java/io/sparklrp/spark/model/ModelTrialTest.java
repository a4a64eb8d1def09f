package io.sparklrp.spark.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.model.Numerics;
import io.sparklrp.model.Precision;
import org.junit.jupiter.api.Test;

/** What is said of the time that fewer bits take. */
class ModelTrialTest {
  private static final Numerics INT8 = Numerics.of(Precision.INT8);

  @Test
  void aGainIsTold() {
    assertThat(ModelTrial.speed(INT8.narrow(), 0.618))
        .hasValue("A record takes 0.62 of its time in float32 there.");
  }

  @Test
  void whatGainsNothingIsToldWithWhatToDo() {
    assertThat(ModelTrial.speed(INT8.narrow(), 0.97).orElseThrow())
        .startsWith("int8 gains nothing there: a record takes 0.97")
        .endsWith("Use --precision float32.");
  }

  @Test
  void nothingIsSaidOfWhatWasNotMeasured() {
    assertThat(ModelTrial.speed(INT8, Double.NaN)).isEmpty();
  }
}
