package io.sparklrp.relevance.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.oracle.DoubleTensor;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpanTargetsTest {
  /** Start and end of four tokens of two records; the second one has two and is padded. */
  private static DoubleTensor logits(double padding) {
    double start = -300;
    double end = -200;
    return DoubleTensor.of(
        new int[] {2, 4, 2},
        0,
        1,
        5,
        2,
        4,
        9,
        3,
        8, // start at 1, end at 2
        start,
        end,
        start + 1,
        end - 1,
        padding,
        padding,
        padding,
        padding); // start at 1, end at 0
  }

  private static final DoubleTensor MASK =
      DoubleTensor.of(new int[] {2, 4}, 1, 1, 1, 1, 1, 1, 0, 0);

  private static Choice choose(boolean start, boolean end, double padding) {
    return Choice.of(
        new SpanTargets(start, end),
        Choice.byToken(2),
        logits(padding),
        Map.of("attention_mask", MASK));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1000, 0, 1e6, 1e20})
  void paddingNeverWins(double padding) {
    Choice choice = choose(true, true, padding);
    assertThat(choice.index()).isEqualTo(DoubleTensor.of(new int[] {2, 2}, 2, 5, 2, 1));
    assertThat(choice.weight()).isEqualTo(DoubleTensor.of(new int[] {2, 2}, 1, 1, 1, 1));
  }

  @ParameterizedTest
  @CsvSource({"true, false, 2, 2", "false, true, 5, 1"})
  void oneSideIsOnePart(boolean start, boolean end, double first, double second) {
    Choice choice = choose(start, end, 50);
    assertThat(choice.index()).isEqualTo(DoubleTensor.of(new int[] {2, 1}, first, second));
    assertThat(choice.weight()).isEqualTo(DoubleTensor.of(new int[] {2, 1}, 1, 1));
  }

  @Test
  void recordHasOneSpan() {
    assertThat(new SpanTargets(true, true).areSeveral()).isFalse();
    assertThat(new SpanTargets(true, true).areGiven()).isFalse();
  }
}
