package io.sparklrp.forward.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.graph.DataType;
import io.sparklrp.graph.GraphBuilder;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Value;
import io.sparklrp.oracle.DoubleTensor;
import io.sparklrp.oracle.Interpreter;
import io.sparklrp.oracle.UserMessage;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The names of Hugging Face's configurations against the functions' definitions. */
class ActivationTest {
  private static final double[] POINTS = {-6, -2, -0.7, -0.1, 0, 0.1, 0.7, 2, 6};

  /** QuickGelu's factor is a float32. */
  private static final double ROUNDING = 1e-6;

  private static double[] computed(String name) {
    GraphBuilder builder = new GraphBuilder("f");
    Value x = builder.input("x", DataType.FLOAT32, Shape.of(POINTS.length));
    Value y = Activation.of(name).apply(new Ops(builder, "f", "layer.0"), x);
    return Interpreter.run(builder.build(List.of(y)), Map.of("x", DoubleTensor.vector(POINTS)))
        .get(y.name())
        .data();
  }

  private static double[] defined(DoubleUnaryOperator function) {
    return DoubleStream.of(POINTS).map(function).toArray();
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  /** Simpson's rule for the normal distribution, which needs no error function. */
  private static double normal(double x) {
    int steps = 2000;
    double sum = 0;
    for (int i = 0; i <= steps; i++) {
      double t = x * i / steps;
      double weight = i == 0 || i == steps ? 1 : i % 2 == 1 ? 4 : 2;
      sum += weight * Math.exp(-t * t / 2);
    }
    return 0.5 + sum * x / steps / 3 / Math.sqrt(2 * Math.PI);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gelu", "gelu_python"})
  void gelu(String name) {
    assertThat(computed(name)).containsExactly(defined(x -> x * normal(x)), within(ROUNDING));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gelu_new", "gelu_pytorch_tanh", "gelu_fast", "gelu_accurate"})
  void geluByTanh(String name) {
    DoubleUnaryOperator function =
        x -> x / 2 * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
    assertThat(computed(name)).containsExactly(defined(function), within(ROUNDING));
  }

  @ParameterizedTest
  @CsvSource({"silu, 1", "swish, 1", "quick_gelu, 1.702"})
  void sigmoidLinear(String name, double factor) {
    assertThat(computed(name))
        .containsExactly(defined(x -> x * sigmoid(factor * x)), within(ROUNDING));
  }

  @Test
  void othersAreThemselves() {
    assertThat(computed("relu")).containsExactly(defined(x -> Math.max(x, 0)), within(ROUNDING));
    assertThat(computed("tanh")).containsExactly(defined(Math::tanh), within(ROUNDING));
    assertThat(computed("sigmoid"))
        .containsExactly(defined(ActivationTest::sigmoid), within(ROUNDING));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "GELU", "gelu ", "gelu_10", "mish"})
  void unknownNamesAreRefusedWithTheKnownOnes(String name) {
    UserMessage.of(() -> Activation.of(name))
        .contains("'" + name + "'")
        .contains("gelu, gelu_accurate", "swish");
  }
}
