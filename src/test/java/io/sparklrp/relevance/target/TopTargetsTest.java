package io.sparklrp.relevance.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.oracle.DoubleTensor;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopTargetsTest {
  private static final DoubleTensor LOGITS =
      DoubleTensor.of(new int[] {2, 4}, 0.1, 3, -2, 2, -5, -1, -7, -6);

  private static Choice choose(long count) {
    return Choice.of(new TopTargets(count), Choice.classes(4), LOGITS, Map.of());
  }

  @Test
  void highestComeFirst() {
    Choice choice = choose(2);
    assertThat(choice.index()).isEqualTo(DoubleTensor.of(new int[] {2, 2, 1}, 1, 1, 3, 0));
    assertThat(choice.weight()).isEqualTo(DoubleTensor.of(new int[] {2, 2, 1}, 1, 1, 1, 1));
  }

  @ParameterizedTest
  @ValueSource(longs = {4, 5, Integer.MAX_VALUE})
  void thereAreAtMostAsManyAsOutputs(long count) {
    assertThat(choose(count).index())
        .isEqualTo(DoubleTensor.of(new int[] {4, 2, 1}, 1, 1, 3, 0, 0, 3, 2, 2));
  }

  @Test
  void ofEqualOnesTheFirst() {
    DoubleTensor equal = DoubleTensor.of(new int[] {1, 3}, 2, 2, 2);
    Choice choice = Choice.of(new TopTargets(2), Choice.classes(3), equal, Map.of());
    assertThat(choice.index()).isEqualTo(DoubleTensor.of(new int[] {2, 1, 1}, 0, 1));
  }

  /** Outputs of rows are counted one after the other. */
  @ParameterizedTest
  @ValueSource(longs = {3, 1000})
  void amongAllRows(long count) {
    DoubleTensor logits = DoubleTensor.of(new int[] {1, 2, 3}, 0, 5, 1, 7, 2, 6);
    Choice choice = Choice.of(new TopTargets(count), Choice.byToken(3), logits, Map.of());
    double[] order = {3, 5, 1, 4, 2, 0};
    assertThat(choice.index().data())
        .isEqualTo(java.util.Arrays.copyOf(order, (int) Math.min(count, 6)));
  }

  @Test
  void highestAloneIsOnePart() {
    assertThat(new HighestTarget().areSeveral()).isFalse();
    Choice choice = Choice.of(new HighestTarget(), Choice.classes(4), LOGITS, Map.of());
    assertThat(choice.index()).isEqualTo(DoubleTensor.of(new int[] {2, 1}, 1, 1));
    assertThat(choice.weight()).isEqualTo(DoubleTensor.of(new int[] {2, 1}, 1, 1));
  }

  /** A negative number leaves the choice to the model. */
  @Test
  void givenOnesGoBeforeChosenOnes() {
    Targets targets = new UnlessGiven(new TopTargets(2));
    assertThat(targets.areSeveral()).isTrue();
    DoubleTensor given = DoubleTensor.of(new int[] {2, 2, 1}, -1, 2, -1, 0);
    Choice choice =
        Choice.of(targets, Choice.classes(4), LOGITS, Map.of(UnlessGiven.GIVEN_INDEX, given));
    assertThat(choice.index()).isEqualTo(DoubleTensor.of(new int[] {2, 2, 1}, 1, 2, 3, 0));
    assertThat(choice.weight().data()).containsOnly(1);
  }
}
