package io.sparklrp.relevance.rule.activation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.graph.Attribute;
import io.sparklrp.graph.DataType;
import io.sparklrp.graph.GraphBuilder;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Value;
import io.sparklrp.oracle.DoubleTensor;
import io.sparklrp.oracle.Interpreter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every function from far below to far above 0, and at 0. */
class ActivationFunctionsTest {
  private static final double[] POINTS = {
    -200, -40, -9, -3, -1, -0.5, -1e-3, -1e-6, 0, 1e-6, 1e-3, 0.5, 1, 3, 9, 40, 200
  };
  private static final double STEP = 1e-6;

  static Stream<Node> functions() {
    return Stream.of(
        node("Gelu", "", Map.of()),
        node("Gelu", "", Map.of("approximate", Attribute.of("tanh"))),
        node("QuickGelu", Node.MICROSOFT, Map.of("alpha", Attribute.of(1.702f))),
        node("QuickGelu", Node.MICROSOFT, Map.of("alpha", Attribute.of(1f))),
        node("Relu", "", Map.of()),
        node("Sigmoid", "", Map.of()),
        node("Tanh", "", Map.of()));
  }

  private static Node node(String op, String domain, Map<String, Attribute> attributes) {
    return new Node("f", op, domain, List.of("x"), List.of("y"), attributes, "layer.0");
  }

  private record Computed(List<Double> y, List<Double> derivative, List<Double> ratio) {}

  private static Computed compute(Node node, double... points) {
    GraphBuilder builder = new GraphBuilder("f");
    Value x = builder.input("x", DataType.FLOAT32, Shape.of(points.length));
    Value y = builder.add(node).get(0);
    Ops ops = new Ops(builder, "f.relevance", "layer.0");
    ActivationFunction function = ActivationFunctions.of(node);
    Value derivative = function.derivative(ops.in("d"), node, x, y);
    Value ratio = function.ratio(ops.in("r"), node, x, y);
    Map<String, DoubleTensor> values =
        Interpreter.run(
            builder.build(List.of(y, derivative, ratio)), Map.of("x", DoubleTensor.vector(points)));
    return new Computed(
        list(values.get("y")), list(values.get(derivative.name())), list(values.get(ratio.name())));
  }

  private static List<Double> list(DoubleTensor tensor) {
    return Arrays.stream(tensor.data()).boxed().toList();
  }

  private static double[] moved(double step) {
    return Arrays.stream(POINTS).map(x -> x + step).toArray();
  }

  @ParameterizedTest
  @MethodSource("functions")
  void derivativeIsThatOfTheFunction(Node node) {
    List<Double> derivative = compute(node, POINTS).derivative();
    List<Double> above = compute(node, moved(STEP)).y();
    List<Double> below = compute(node, moved(-STEP)).y();
    for (int i = 0; i < POINTS.length; i++) {
      if (!(node.op().equals("Relu") && Math.abs(POINTS[i]) <= STEP)) {
        assertThat(derivative.get(i))
            .as("at %s", POINTS[i])
            .isCloseTo((above.get(i) - below.get(i)) / (2 * STEP), within(1e-6));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("functions")
  void ratioTimesInputIsTheFunctionLessItsValueAtZero(Node node) {
    Computed computed = compute(node, POINTS);
    double atZero = computed.y().get(8);
    for (int i = 0; i < POINTS.length; i++) {
      assertThat(computed.ratio().get(i) * POINTS[i])
          .as("at %s", POINTS[i])
          .isCloseTo(computed.y().get(i) - atZero, within(1e-6 * Math.max(1, Math.abs(POINTS[i]))));
      assertThat(computed.ratio().get(i)).as("at %s", POINTS[i]).isFinite();
    }
  }

  @ParameterizedTest
  @MethodSource("functions")
  void ratioAtZeroIsTheDerivativeThere(Node node) {
    Computed computed = compute(node, 1e-7, 0);
    if (!node.op().equals("Relu")) {
      assertThat(computed.ratio().get(1)).isCloseTo(computed.derivative().get(1), within(1e-6));
    }
    assertThat(computed.ratio().get(1)).isFinite();
  }

  @Test
  void otherOperatorsAreNoActivations() {
    assertThat(ActivationFunctions.has(node("Erf", "", Map.of()))).isFalse();
    assertThat(ActivationFunctions.has(node("Gelu", "com.example", Map.of()))).isFalse();
  }
}
