package io.sparklrp.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CurveTest {
  @Test
  void areaOfALineIsItsMean() {
    double[] line = IntStream.range(0, Tenths.POINTS).mapToDouble(i -> 2 + 0.3 * i).toArray();
    assertThat(Curve.area(line)).isCloseTo(3.5, within(1e-12));
  }

  @Test
  void otherNumbersOfPointsAreRefused() {
    assertThatThrownBy(() -> Curve.area(1, 2)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void differencesAreSquaredAndSummed() {
    assertThat(Curve.squaredDifference(new float[] {1, -1}, 3, 0)).isEqualTo(5);
  }
}
