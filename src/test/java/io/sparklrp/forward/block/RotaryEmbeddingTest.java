package io.sparklrp.forward.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Dim;
import io.sparklrp.graph.GraphBuilder;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Value;
import io.sparklrp.oracle.DoubleTensor;
import io.sparklrp.oracle.Interpreter;
import io.sparklrp.oracle.RandomTensor;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two records of four tokens with heads of six elements. */
class RotaryEmbeddingTest {
  private static final int SIZE = 6;
  private static final double THETA = 100;
  private static final DoubleTensor AT = DoubleTensor.of(new int[] {2, 4}, 0, 1, 2, 3, 7, 5, 0, 11);

  /** Tables are float32. */
  private static final double ROUNDING = 1e-6;

  private static DoubleTensor computed(RotaryEmbedding rotary, DoubleTensor x) {
    GraphBuilder builder = new GraphBuilder("t");
    Ops ops = new Ops(builder, "t", "layer.0");
    Dim batch = Dim.symbol("batch");
    Dim sequence = Dim.symbol("sequence");
    Value at = builder.input("at", DataType.INT64, Shape.of(batch, sequence));
    Value input =
        builder.input("x", DataType.FLOAT32, Shape.of(batch, sequence, Dim.of(x.shape()[2])));
    Value turned = rotary.apply(ops, input, at);
    return Interpreter.run(builder.build(List.of(turned)), Map.of("x", x, "at", AT))
        .get(turned.name());
  }

  /** Su et al. 2021, equation 34, with the pairs half against half as in Hugging Face's code. */
  private static void assertTurned(
      DoubleTensor found, DoubleTensor x, int turned, DoubleUnaryOperator change) {
    int half = turned / 2;
    for (int i = 0; i < x.data().length; i++) {
      int place = i % SIZE;
      double position = AT.data()[i / x.shape()[2]];
      double wanted = x.data()[i];
      if (place < turned) {
        int pair = place % half;
        double angle = position * change.applyAsDouble(Math.pow(THETA, -2.0 * pair / turned));
        double other = x.data()[place < half ? i + half : i - half];
        wanted = x.data()[i] * Math.cos(angle) + (place < half ? -1 : 1) * other * Math.sin(angle);
      }
      assertThat(found.data()[i]).as("element %d", i).isCloseTo(wanted, within(ROUNDING));
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 6", "2, 6", "3, 4", "2, 2"})
  void headsAreTurnedByPosition(int heads, int turned) {
    DoubleTensor x = RandomTensor.of(81, 2, 4, heads * SIZE);
    RotaryEmbedding rotary = RotaryEmbedding.of("rotary", 12, THETA, turned, SIZE);
    assertTurned(computed(rotary, x), x, turned, frequency -> frequency);
  }

  @Test
  void frequenciesMayBeChanged() {
    DoubleTensor x = RandomTensor.of(82, 2, 4, 2 * SIZE);
    RotaryEmbedding rotary = RotaryEmbedding.of("rotary", 12, THETA, SIZE, SIZE);
    DoubleUnaryOperator change = frequency -> frequency / 4 + 0.01;
    assertTurned(computed(rotary.scaled(change), x), x, SIZE, change);
  }

  /** What the scores see of positions is their difference. */
  @Test
  void productOfAQueryAndAKeyDependsOnTheirDistance() {
    DoubleTensor one = RandomTensor.of(83, 1, 1, SIZE);
    DoubleTensor x = DoubleTensor.zeros(2, 4, SIZE);
    for (int i = 0; i < x.data().length; i++) {
      x.data()[i] = one.data()[i % SIZE];
    }
    DoubleTensor turned = computed(RotaryEmbedding.of("rotary", 12, THETA, SIZE, SIZE), x);
    // positions 1 and 3, and 7 and 5, are as far from each other
    assertThat(product(turned, 1, 3)).isCloseTo(product(turned, 4, 5), within(ROUNDING));
    assertThat(product(turned, 1, 3)).isNotCloseTo(product(turned, 1, 2), within(1e-3));
  }

  private static double product(DoubleTensor rows, int a, int b) {
    double sum = 0;
    for (int j = 0; j < SIZE; j++) {
      sum += rows.data()[a * SIZE + j] * rows.data()[b * SIZE + j];
    }
    return sum;
  }
}
