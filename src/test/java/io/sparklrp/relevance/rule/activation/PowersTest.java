package io.sparklrp.relevance.rule.activation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.graph.DataType;
import io.sparklrp.graph.GraphBuilder;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Tensor;
import io.sparklrp.graph.Value;
import io.sparklrp.oracle.DoubleTensor;
import io.sparklrp.oracle.Interpreter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Pow, Sqrt and Exp, against their formulas. */
class PowersTest {
  private record Factors(List<Double> derivative, List<Double> ratio) {}

  private static Factors factors(String op, float exponent, double... points) {
    GraphBuilder builder = new GraphBuilder("f");
    Value x = builder.input("x", DataType.FLOAT32, Shape.of(points.length));
    builder.initializer("c", Tensor.scalar(exponent));
    List<String> inputs = op.equals("Pow") ? List.of("x", "c") : List.of("x");
    Node node = new Node("f", op, "", inputs, List.of("y"), Map.of(), "layer.0");
    Value y = builder.add(node).get(0);
    Ops ops = new Ops(builder, "f.relevance", "layer.0");
    ActivationFunction function = ActivationFunctions.of(node);
    Value derivative = function.derivative(ops.in("d"), node, x, y);
    Value ratio = function.ratio(ops.in("r"), node, x, y);
    Map<String, DoubleTensor> values =
        Interpreter.run(
            builder.build(List.of(derivative, ratio)), Map.of("x", DoubleTensor.vector(points)));
    return new Factors(list(values.get(derivative.name())), list(values.get(ratio.name())));
  }

  private static List<Double> list(DoubleTensor tensor) {
    return Arrays.stream(tensor.data()).boxed().toList();
  }

  @Test
  void squareAndCube() {
    assertThat(factors("Pow", 2, -3, 0, 2).derivative()).containsExactly(-6.0, 0.0, 4.0);
    assertThat(factors("Pow", 2, -3, 0, 2).ratio()).containsExactly(-3.0, 0.0, 2.0);
    assertThat(factors("Pow", 3, -3, 0, 2).ratio()).containsExactly(9.0, 0.0, 4.0);
  }

  @Test
  void squareRoot() {
    assertThat(factors("Sqrt", 0, 0, 4, 16).derivative()).containsExactly(0.0, 0.25, 0.125);
    assertThat(factors("Sqrt", 0, 0, 4, 16).ratio()).containsExactly(0.0, 0.5, 0.25);
  }

  @Test
  void exponential() {
    double[] points = {-30, -1, -1e-3, 0, 1e-3, 1, 5};
    Factors factors = factors("Exp", 0, points);
    for (int i = 0; i < points.length; i++) {
      double ratio = points[i] == 0 ? 1 : Math.expm1(points[i]) / points[i];
      assertThat(factors.ratio().get(i)).isCloseTo(ratio, within(1e-7 * ratio));
      assertThat(factors.derivative().get(i)).isEqualTo(Math.exp(points[i]));
    }
  }
}
