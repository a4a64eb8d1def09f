package io.sparklrp.relevance.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.oracle.DoubleTensor;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EntityTargetsTest {
  private static final int TOKENS = 5;
  private static final int CLASSES = 3;

  /** Logits whose highest is that of the given class of each token, not equally sure. */
  private static DoubleTensor logits(int... classes) {
    DoubleTensor logits = DoubleTensor.zeros(classes.length / TOKENS, TOKENS, CLASSES);
    for (int token = 0; token < classes.length; token++) {
      logits.data()[token * CLASSES + classes[token]] = 1 + (token * 7) % 5;
    }
    return logits;
  }

  /** The first token of each record is special, and the last one of the second is padding. */
  private static Choice choose(int none, int... classes) {
    DoubleTensor words =
        classes.length == TOKENS
            ? DoubleTensor.of(new int[] {1, TOKENS}, 0, 1, 1, 1, 1)
            : DoubleTensor.of(new int[] {2, TOKENS}, 0, 1, 1, 1, 1, 0, 1, 1, 1, 0);
    return Choice.of(
        new EntityTargets(none),
        Choice.byToken(CLASSES),
        logits(classes),
        Map.of(EntityTargets.WORD_MASK, words));
  }

  @Test
  void inTheOrderOfTheText() {
    Choice choice = choose(0, 0, 2, 0, 1, 2);
    assertThat(choice.index())
        .isEqualTo(DoubleTensor.of(new int[] {3, 1, 1}, 1 * 3 + 2, 3 * 3 + 1, 4 * 3 + 2));
    assertThat(choice.weight()).isEqualTo(DoubleTensor.of(new int[] {3, 1, 1}, 1, 1, 1));
  }

  @Test
  void specialTokensAndPaddingAreLeftOut() {
    Choice choice = choose(0, 1, 0, 2, 0, 0, 2, 0, 0, 1, 1);
    assertThat(choice.index()).isEqualTo(DoubleTensor.of(new int[] {1, 2, 1}, 2 * 3 + 2, 10));
    assertThat(choice.weight()).isEqualTo(DoubleTensor.of(new int[] {1, 2, 1}, 1, 1));
  }

  @Test
  void recordsWithFewerHaveNoWeightBehindTheirLast() {
    Choice choice = choose(0, 0, 1, 1, 0, 2, 0, 0, 2, 0, 0);
    assertThat(choice.weight()).isEqualTo(DoubleTensor.of(new int[] {3, 2, 1}, 1, 1, 1, 0, 1, 0));
    assertThat(choice.index().at(0, 1, 0)).isEqualTo(2 * 3 + 2);
    assertThat(choice.index().at(2, 0, 0)).isEqualTo(4 * 3 + 2);
  }

  @Test
  void recordWithoutEntitiesHasOnlyWeightZero() {
    Choice choice = choose(0, 0, 1, 2, 0, 0, 1, 0, 0, 0, 2);
    assertThat(choice.weight()).isEqualTo(DoubleTensor.of(new int[] {2, 2, 1}, 1, 0, 1, 0));
  }

  /** There is one target nevertheless: a loop of no steps would give nothing. */
  @Test
  void whereNoRecordHasAnyThereIsOneOfNoWeight() {
    Choice choice = choose(1, 0, 1, 1, 1, 1, 2, 1, 1, 1, 0);
    assertThat(choice.weight()).isEqualTo(DoubleTensor.zeros(1, 2, 1));
  }

  @Test
  void everyTokenOfTheTextIsOneWhereThereIsNoClassForNone() {
    Choice choice = choose(-1, 0, 0, 1, 2, 0);
    assertThat(choice.index())
        .isEqualTo(DoubleTensor.of(new int[] {4, 1, 1}, 1 * 3, 2 * 3 + 1, 3 * 3 + 2, 4 * 3));
    assertThat(choice.weight().data()).containsOnly(1);
  }

  /** Numbers of outputs can be larger than any position: the order is that of the tokens. */
  @Test
  void manyClassesDoNotChangeTheOrder() {
    int classes = 5_000_000;
    DoubleTensor logits = DoubleTensor.zeros(1, 2, classes);
    logits.data()[0] = 1;
    logits.data()[2 * classes - 1] = 1;
    DoubleTensor words = DoubleTensor.of(new int[] {1, 2}, 1, 1);
    Choice choice =
        Choice.of(
            new EntityTargets(0),
            Choice.byToken(classes),
            logits,
            Map.of(EntityTargets.WORD_MASK, words));
    assertThat(choice.index()).isEqualTo(DoubleTensor.of(new int[] {1, 1, 1}, 2 * classes - 1));
    assertThat(choice.weight().data()).containsExactly(1);
  }
}
