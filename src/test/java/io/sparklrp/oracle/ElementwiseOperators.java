package io.sparklrp.oracle;

import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.OnnxTypes;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** Element by element, with broadcasting. */
final class ElementwiseOperators {
  private ElementwiseOperators() {}

  static void register(Map<String, Interpreter.Operator> operators) {
    registerUnary(operators);
    registerBinary(operators);
    operators.put("QuantizeLinear", (node, in) -> List.of(quantised(in)));
    operators.put(
        "Cast",
        (node, in) ->
            List.of(map(in.get(0), x -> cast(x, OnnxTypes.ofCode(node.integer("to", 1))))));
    variadic(operators, "Max", Math::max);
    variadic(operators, "Min", Math::min);
    variadic(operators, "Sum", Double::sum);
    operators.put("Where", (node, in) -> List.of(where(in.get(0), in.get(1), in.get(2))));
    operators.put("Gelu", (node, in) -> List.of(map(in.get(0), x -> gelu(node, x))));
    operators.put(Node.MICROSOFT + ".Gelu", operators.get("Gelu"));
    operators.put(
        Node.MICROSOFT + ".QuickGelu",
        (node, in) -> List.of(map(in.get(0), x -> x * sigmoid(node.decimal("alpha", 1.702f) * x))));
  }

  private static void registerUnary(Map<String, Interpreter.Operator> operators) {
    Map<String, DoubleUnaryOperator> functions =
        Map.ofEntries(
            Map.entry("Abs", Math::abs),
            Map.entry("Ceil", Math::ceil),
            Map.entry("Cos", Math::cos),
            Map.entry("Erf", Erf::of),
            Map.entry("Exp", Math::exp),
            Map.entry("Floor", Math::floor),
            Map.entry("IsNaN", x -> Double.isNaN(x) ? 1 : 0),
            Map.entry("Identity", x -> x),
            Map.entry("Log", Math::log),
            Map.entry("Neg", x -> -x),
            Map.entry("Not", x -> x == 0 ? 1 : 0),
            Map.entry("Reciprocal", x -> 1 / x),
            Map.entry("Relu", x -> Math.max(x, 0)),
            Map.entry("Sigmoid", ElementwiseOperators::sigmoid),
            Map.entry("Sign", Math::signum),
            Map.entry("Sin", Math::sin),
            Map.entry("Sqrt", Math::sqrt),
            Map.entry("Tanh", Math::tanh));
    functions.forEach((op, f) -> operators.put(op, (node, in) -> List.of(map(in.get(0), f))));
  }

  private static void registerBinary(Map<String, Interpreter.Operator> operators) {
    Map<String, DoubleBinaryOperator> functions =
        Map.ofEntries(
            Map.entry("Add", (a, b) -> a + b),
            Map.entry("Sub", (a, b) -> a - b),
            Map.entry("Mul", (a, b) -> a * b),
            Map.entry("Div", (a, b) -> a / b),
            Map.entry("Pow", Math::pow),
            Map.entry("Min", Math::min),
            Map.entry("Max", Math::max),
            Map.entry("Equal", (a, b) -> a == b ? 1 : 0),
            Map.entry("Greater", (a, b) -> a > b ? 1 : 0),
            Map.entry("GreaterOrEqual", (a, b) -> a >= b ? 1 : 0),
            Map.entry("Less", (a, b) -> a < b ? 1 : 0),
            Map.entry("LessOrEqual", (a, b) -> a <= b ? 1 : 0),
            Map.entry("And", (a, b) -> a != 0 && b != 0 ? 1 : 0),
            Map.entry("Or", (a, b) -> a != 0 || b != 0 ? 1 : 0));
    functions.forEach(
        (op, f) -> operators.put(op, (node, in) -> List.of(zip(in.get(0), in.get(1), f))));
  }

  private static void variadic(
      Map<String, Interpreter.Operator> operators, String op, DoubleBinaryOperator f) {
    operators.put(
        op, (node, in) -> List.of(in.stream().reduce((a, b) -> zip(a, b, f)).orElseThrow()));
  }

  /** Of steps around a zero point of uint8, rounded half to even. */
  /** By a scale of zero any number may come out: here the highest. */
  private static DoubleTensor quantised(List<DoubleTensor> in) {
    DoubleTensor steps =
        zip(in.get(0), in.get(1), (x, scale) -> scale == 0 ? 255 : Math.rint(x / scale));
    return zip(steps, in.get(2), (x, zero) -> Math.min(255, Math.max(0, x + zero)));
  }

  private static double cast(double x, DataType type) {
    return switch (type) {
      case BOOL -> x == 0 ? 0 : 1;
      case INT32, INT64 -> (long) x;
      default -> x;
    };
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private static double gelu(Node node, double x) {
    if (node.text("approximate", "none").equals("tanh")) {
      return 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
    }
    return 0.5 * x * (1 + Erf.of(x / Math.sqrt(2)));
  }

  static DoubleTensor map(DoubleTensor a, DoubleUnaryOperator f) {
    return new DoubleTensor(a.shape(), java.util.Arrays.stream(a.data()).map(f).toArray());
  }

  static DoubleTensor zip(DoubleTensor a, DoubleTensor b, DoubleBinaryOperator f) {
    DoubleTensor result = DoubleTensor.zeros(broadcast(a.shape(), b.shape()));
    for (int i = 0; i < result.data().length; i++) {
      int[] index = DoubleTensor.index(i, result.shape());
      result.data()[i] = f.applyAsDouble(a.broadcastAt(index), b.broadcastAt(index));
    }
    return result;
  }

  private static DoubleTensor where(DoubleTensor condition, DoubleTensor a, DoubleTensor b) {
    int[] shape = broadcast(condition.shape(), broadcast(a.shape(), b.shape()));
    DoubleTensor result = DoubleTensor.zeros(shape);
    for (int i = 0; i < result.data().length; i++) {
      int[] index = DoubleTensor.index(i, shape);
      result.data()[i] =
          condition.broadcastAt(index) != 0 ? a.broadcastAt(index) : b.broadcastAt(index);
    }
    return result;
  }

  static int[] broadcast(int[] a, int[] b) {
    int rank = Math.max(a.length, b.length);
    int[] shape = new int[rank];
    for (int i = 1; i <= rank; i++) {
      int left = i <= a.length ? a[a.length - i] : 1;
      int right = i <= b.length ? b[b.length - i] : 1;
      if (left != right && left != 1 && right != 1) {
        throw new IllegalArgumentException(left + " against " + right);
      }
      shape[rank - i] = left == 1 ? right : left;
    }
    return shape;
  }
}
