package io.sparklrp.relevance.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.oracle.DoubleTensor;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RowTargetsTest {
  /** Two records of up to three rows of four outputs; the second reads only one row. */
  private static final DoubleTensor LOGITS =
      DoubleTensor.of(
          new int[] {2, 3, 4},
          new double[] {
            0.1, 3, -2, 2, 9, 1, 2, 3, -5, -1, -7, -6, // the first record
            4, 3, 2, 5, 4, 3, 2, 5, 4, 3, 2, 5
          });

  private static final DoubleTensor POSITIONS = DoubleTensor.of(new int[] {2, 3}, 2, 3, 7, 1, 1, 1);

  private static Choice choose(long count) {
    return Choice.of(
        new RowTargets(count), Choice.byToken(4), LOGITS, Map.of("positions", POSITIONS));
  }

  @Test
  void highestOfEachRowInOrder() {
    Choice choice = choose(1);
    assertThat(choice.index()).isEqualTo(DoubleTensor.of(new int[] {3, 2, 1}, 1, 3, 4, 7, 9, 11));
    assertThat(choice.weight()).isEqualTo(DoubleTensor.of(new int[] {3, 2, 1}, 1, 1, 1, 0, 1, 0));
  }

  @Test
  void severalOfEachRowHighestFirst() {
    Choice choice = choose(2);
    assertThat(choice.index())
        .isEqualTo(DoubleTensor.of(new int[] {6, 2, 1}, 1, 3, 3, 0, 4, 7, 7, 4, 9, 11, 8, 8));
    assertThat(choice.weight())
        .isEqualTo(DoubleTensor.of(new int[] {6, 2, 1}, 1, 1, 1, 1, 1, 0, 1, 0, 1, 0, 1, 0));
  }

  @Test
  void thereAreAtMostAsManyAsOutputs() {
    assertThat(choose(9).index().shape()).containsExactly(12, 2, 1);
    assertThat(new RowTargets(1).areSeveral()).isTrue();
  }
}
