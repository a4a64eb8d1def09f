package io.sparklrp.relevance.rule;

import static io.sparklrp.relevance.rule.SingleNode.dot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.graph.Tensor;
import io.sparklrp.graph.Value;
import io.sparklrp.oracle.DoubleTensor;
import io.sparklrp.oracle.RandomTensor;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two records of three tokens, two heads of four elements. */
class RotaryRuleTest {
  private static final int HEADS = 2;
  private static final int SIZE = 4;
  private static final int POSITIONS = 9;
  private static final long[] AT = {0, 1, 2, 5, 8, 3};

  private final SingleNode single = new SingleNode();
  private final DoubleTensor x = RandomTensor.of(1, 2, 3, HEADS * SIZE);
  private final DoubleTensor gradient = RandomTensor.of(2, 2, 3, HEADS * SIZE);

  private static double angle(long position, int pair) {
    return position / Math.pow(10, pair);
  }

  /** Turns a vector's pairs of one head and position, half against half, by the angle or back. */
  private static double[] turned(double[] head, long position, int pairs, int sign) {
    double[] result = head.clone();
    for (int k = 0; k < pairs; k++) {
      double cosine = Math.cos(angle(position, k));
      double sine = sign * Math.sin(angle(position, k));
      result[k] = head[k] * cosine - head[k + pairs] * sine;
      result[k + pairs] = head[k] * sine + head[k + pairs] * cosine;
    }
    return result;
  }

  private DoubleTensor table(int pairs, boolean isCosine) {
    DoubleTensor table = DoubleTensor.zeros(POSITIONS, pairs);
    for (int i = 0; i < table.data().length; i++) {
      double angle = angle(i / pairs, i % pairs);
      table.data()[i] = isCosine ? Math.cos(angle) : Math.sin(angle);
    }
    return table;
  }

  private void propagate(int turned) {
    propagate(turned, new RotaryRule());
  }

  private void propagate(int turned, Rule rule) {
    int pairs = turned / 2;
    Value positions =
        single.forward().builder().initializer("at", Tensor.longs(new long[] {2, 3}, AT.clone()));
    Value y =
        single
            .forward()
            .rotary(
                "turned",
                single.active("x", x),
                positions,
                single.constant("cosine", table(pairs, true)),
                single.constant("sine", table(pairs, false)),
                HEADS,
                turned == SIZE ? 0 : turned);
    single.propagate(rule, y, gradient);
  }

  private static void assertTurned(DoubleTensor found, DoubleTensor before, int pairs, int sign) {
    for (int start = 0; start < before.data().length; start += SIZE) {
      double[] head = Arrays.copyOfRange(before.data(), start, start + SIZE);
      long position = AT[start / (HEADS * SIZE)];
      double[] wanted = turned(head, position, pairs, sign);
      for (int k = 0; k < SIZE; k++) {
        assertThat(found.data()[start + k]).isCloseTo(wanted[k], within(1e-6)); // float32 tables
      }
    }
  }

  @ParameterizedTest(name = "{0} of 4 elements are turned")
  @ValueSource(ints = {2, SIZE})
  void gradientIsTurnedBack(int turned) {
    propagate(turned);
    assertTurned(single.output(), x, turned / 2, 1);
    assertTurned(single.sent(0), gradient, turned / 2, -1);
    assertThat(single.sent(0).data()).containsExactly(single.differences("x").data(), within(1e-8));
    assertThat(single.reached()).containsExactly(0);
  }

  @ParameterizedTest(name = "{0} of 4 elements are turned")
  @ValueSource(ints = {2, SIZE})
  void theProductIsConserved(int turned) {
    propagate(turned);
    assertThat(dot(single.sent(0), x)).isCloseTo(dot(gradient, single.output()), within(1e-12));
  }

  /** What is turned is a product with the position, half of which stays with it. */
  @ParameterizedTest(name = "{0} of 4 elements are turned")
  @ValueSource(ints = {2, 4})
  void sharedHalfOfWhatIsTurnedStaysWithThePosition(int turned) {
    propagate(turned, new SharedRotaryRule());
    DoubleTensor output = single.output();
    for (int token = 0; token < AT.length; token++) {
      double expected = 0;
      for (int i = 0; i < HEADS * SIZE; i++) {
        int at = token * HEADS * SIZE + i;
        expected += i % SIZE < turned ? output.data()[at] * gradient.data()[at] / 2 : 0;
      }
      assertThat(single.stayed().data()[token]).isCloseTo(expected, within(1e-12));
    }
    double stays = Arrays.stream(single.stayed().data()).sum();
    assertThat(dot(single.sent(0), x) + stays).isCloseTo(dot(gradient, output), within(1e-5));
  }
}
