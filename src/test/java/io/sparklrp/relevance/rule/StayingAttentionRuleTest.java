package io.sparklrp.relevance.rule;

import static io.sparklrp.relevance.rule.SingleNode.dot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.graph.Value;
import io.sparklrp.oracle.DoubleTensor;
import io.sparklrp.oracle.RandomTensor;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class StayingAttentionRuleTest {
  private static final int BATCH = 2;
  private static final int HEADS = 3;
  private static final int TOKENS = 4;
  private static final int SIZE = 5;

  private final SingleNode single = new SingleNode();
  private final DoubleTensor p = RandomTensor.of(1, BATCH, HEADS, TOKENS, TOKENS);
  private final DoubleTensor v = RandomTensor.of(2, BATCH, HEADS, TOKENS, SIZE);
  private final DoubleTensor gradient = RandomTensor.of(3, BATCH, HEADS, TOKENS, SIZE);

  StayingAttentionRuleTest() {
    Value context =
        single.forward().matMul("context", single.active("p", p), single.active("v", v));
    single.propagate(new StayingAttentionRule(1, 0.5f, 0.5f, 0f), context, gradient);
  }

  @Test
  void halfFlowsOnThroughTheValues() {
    assertThat(single.reached()).containsExactly(1);
    assertThat(dot(single.sent(1), v)).isCloseTo(dot(gradient, single.output()) / 2, within(1e-12));
    double[] half = single.differences("v").data();
    for (int i = 0; i < half.length; i++) {
      assertThat(single.sent(1).data()[i]).isCloseTo(half[i] / 2, within(1e-8));
    }
  }

  /** sum over heads, queries i and features d of P[i, s] V[s, d] G[i, d] / 2, written out. */
  @Test
  void halfStaysWithTheTokenThatIsAttendedTo() {
    DoubleTensor stayed = single.stayed();
    assertThat(stayed.shape()).containsExactly(BATCH, TOKENS);
    for (int b = 0; b < BATCH; b++) {
      for (int s = 0; s < TOKENS; s++) {
        assertThat(stayed.at(b, s)).as("%d, %d", b, s).isCloseTo(byHand(b, s), within(1e-12));
      }
    }
  }

  /** V'P', all axes turned round, has what P V has. */
  @Test
  void factorsCanBeTheOtherWayRound() {
    SingleNode turned = new SingleNode();
    Value columns = turned.active("v", turned(v));
    Value context = turned.forward().matMul("context", columns, turned.active("p", turned(p)));
    turned.propagate(new StayingAttentionRule(0, 0.5f, 0.5f, 0f), context, turned(gradient));
    assertThat(turned.reached()).containsExactly(0);
    assertThat(turned.sent(0).data()).containsExactly(turned(single.sent(1)).data(), within(1e-12));
    assertThat(turned.stayed().shape()).containsExactly(BATCH, TOKENS);
    assertThat(turned.stayed().data()).containsExactly(single.stayed().data(), within(1e-12));
  }

  /** Of the whole, which flows and stays, so much stays as the depth says. */
  @Test
  void thePartThatStaysChangesWithTheDepth() {
    double whole = dot(gradient, single.output());
    for (float depth : new float[] {0, 0.25f, 1}) {
      SingleNode deep = new SingleNode().at(depth);
      Value context = deep.forward().matMul("context", deep.active("p", p), deep.active("v", v));
      deep.propagate(new StayingAttentionRule(1, 0.75f, 0.25f, 0f), context, gradient);
      double stays = 0.75 - 0.5 * depth;
      assertThat(dot(deep.sent(1), v)).isCloseTo((1 - stays) * whole, within(1e-6));
      assertThat(Arrays.stream(deep.stayed().data()).sum()).isCloseTo(stays * whole, within(1e-6));
      for (int i = 0; i < deep.stayed().data().length; i++) {
        assertThat(deep.stayed().data()[i])
            .isCloseTo(2 * stays * single.stayed().data()[i], within(1e-6));
      }
    }
  }

  /**
   * sum over heads, keys s and features d of P[i, s] V[s, d] G[i, d], of which a quarter of the
   * half.
   */
  @Test
  void aPartOfWhatStaysIsTheQueries() {
    SingleNode shared = new SingleNode();
    Value context =
        shared.forward().matMul("context", shared.active("p", p), shared.active("v", v));
    shared.propagate(new StayingAttentionRule(1, 0.5f, 0.5f, 0.25f), context, gradient);
    assertThat(shared.sent(1).data()).containsExactly(single.sent(1).data(), within(1e-12));
    for (int i = 0; i < BATCH * TOKENS; i++) {
      assertThat(shared.stayed().data()[i])
          .isCloseTo(0.75 * single.stayed().data()[i], within(1e-12));
    }
    DoubleTensor rows = shared.stayedInRows();
    assertThat(rows.shape()).containsExactly(BATCH, TOKENS);
    for (int b = 0; b < BATCH; b++) {
      for (int i = 0; i < TOKENS; i++) {
        double sum = 0;
        for (int h = 0; h < HEADS; h++) {
          for (int d = 0; d < SIZE; d++) {
            sum += single.output().at(b, h, i, d) * gradient.at(b, h, i, d);
          }
        }
        assertThat(rows.at(b, i)).as("%d, %d", b, i).isCloseTo(0.125 * sum, within(1e-12));
      }
    }
    double all = Arrays.stream(shared.stayed().data()).sum() + Arrays.stream(rows.data()).sum();
    assertThat(all + dot(shared.sent(1), v))
        .isCloseTo(dot(gradient, single.output()), within(1e-9));
  }

  @Test
  void queriesAreColumnsWhereFactorsAreTheOtherWayRound() {
    SingleNode straight = new SingleNode();
    Value context =
        straight.forward().matMul("context", straight.active("p", p), straight.active("v", v));
    straight.propagate(new StayingAttentionRule(1, 0.3f, 0.3f, 1f), context, gradient);
    SingleNode turned = new SingleNode();
    Value columns = turned.active("v", turned(v));
    Value other = turned.forward().matMul("context", columns, turned.active("p", turned(p)));
    turned.propagate(new StayingAttentionRule(0, 0.3f, 0.3f, 1f), other, turned(gradient));
    assertThat(turned.stayedInRows().data())
        .containsExactly(straight.stayedInRows().data(), within(1e-12));
    assertThat(Arrays.stream(straight.stayed().data())).allMatch(value -> value == 0);
  }

  /** The last two axes changed. */
  private static DoubleTensor turned(DoubleTensor a) {
    int[] shape = a.shape();
    DoubleTensor result = DoubleTensor.zeros(shape[0], shape[1], shape[3], shape[2]);
    int rows = shape[2];
    int columns = shape[3];
    for (int i = 0; i < a.data().length; i++) {
      int row = i / columns % rows;
      int column = i % columns;
      result.data()[i - row * columns - column + column * rows + row] = a.data()[i];
    }
    return result;
  }

  private double byHand(int b, int s) {
    double sum = 0;
    for (int h = 0; h < HEADS; h++) {
      for (int i = 0; i < TOKENS; i++) {
        for (int d = 0; d < SIZE; d++) {
          sum += p.at(b, h, i, s) * v.at(b, h, s, d) * gradient.at(b, h, i, d) / 2;
        }
      }
    }
    return sum;
  }
}
