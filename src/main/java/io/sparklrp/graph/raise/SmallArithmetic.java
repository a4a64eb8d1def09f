package io.sparklrp.graph.raise;

import io.sparklrp.graph.Attribute;
import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.Tensor;
import io.sparklrp.graph.Value;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** Computes single operators of small constants, in double precision. */
final class SmallArithmetic {
  /** Most elements of what is computed. */
  static final long LARGEST = 1 << 16;

  private static final Map<String, DoubleUnaryOperator> UNARY =
      Map.ofEntries(
          Map.entry("Abs", Math::abs),
          Map.entry("Ceil", Math::ceil),
          Map.entry("Cos", Math::cos),
          Map.entry("Exp", Math::exp),
          Map.entry("Floor", Math::floor),
          Map.entry("Identity", x -> x),
          Map.entry("Log", Math::log),
          Map.entry("Neg", x -> -x),
          Map.entry("Not", x -> x == 0 ? 1 : 0),
          Map.entry("Reciprocal", x -> 1 / x),
          Map.entry("Sin", Math::sin),
          Map.entry("Sqrt", Math::sqrt));
  private static final Map<String, DoubleBinaryOperator> BINARY =
      Map.ofEntries(
          Map.entry("Add", Double::sum),
          Map.entry("Sub", (a, b) -> a - b),
          Map.entry("Mul", (a, b) -> a * b),
          Map.entry("Div", (a, b) -> a / b),
          Map.entry("Pow", Math::pow),
          Map.entry("Max", Math::max),
          Map.entry("Min", Math::min),
          Map.entry("And", (a, b) -> a != 0 && b != 0 ? 1 : 0),
          Map.entry("Or", (a, b) -> a != 0 || b != 0 ? 1 : 0),
          Map.entry("Equal", (a, b) -> a == b ? 1 : 0),
          Map.entry("Greater", (a, b) -> a > b ? 1 : 0),
          Map.entry("GreaterOrEqual", (a, b) -> a >= b ? 1 : 0),
          Map.entry("Less", (a, b) -> a < b ? 1 : 0),
          Map.entry("LessOrEqual", (a, b) -> a <= b ? 1 : 0));

  private SmallArithmetic() {}

  /** The node's only output; empty where the operator is none of these or the result is large. */
  static Optional<Tensor> compute(Node node, List<Tensor> inputs, Value output) {
    long[] shape = output.shape().sizes();
    long count = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    boolean large = count > LARGEST || inputs.stream().anyMatch(tensor -> tensor.size() > LARGEST);
    if (large) {
      return Optional.empty();
    }
    return elements(node, inputs, shape, Math.toIntExact(count))
        .map(found -> tensor(output.type(), shape, found))
        .filter(tensor -> isFinite(tensor));
  }

  private static Optional<double[]> elements(
      Node node, List<Tensor> inputs, long[] shape, int count) {
    String op = node.qualifiedOp();
    if (UNARY.containsKey(op)) {
      return Optional.of(Arrays.stream(numbers(inputs.get(0))).map(UNARY.get(op)).toArray());
    }
    if (BINARY.containsKey(op) && inputs.size() == 2) {
      return Optional.of(binary(op, inputs, shape, count));
    }
    return switch (op) {
      case "Cast" -> Optional.of(numbers(inputs.get(0)));
      case "Reshape", "Unsqueeze", "Squeeze" -> Optional.of(numbers(inputs.get(0)));
      case "Expand" -> Optional.of(spread(inputs.get(0), shape, count));
      case "Where" -> Optional.of(where(inputs, shape, count));
      case "ConstantOfShape" -> Optional.of(filled(node, count));
      case "Range" -> Optional.of(range(inputs, count));
      default -> Optional.empty();
    };
  }

  private static double[] binary(String op, List<Tensor> inputs, long[] shape, int count) {
    double[] a = spread(inputs.get(0), shape, count);
    double[] b = spread(inputs.get(1), shape, count);
    boolean whole = op.equals("Div") && inputs.get(0).type() != DataType.FLOAT32;
    double[] result = new double[count];
    for (int i = 0; i < count; i++) {
      double value = BINARY.get(op).applyAsDouble(a[i], b[i]);
      result[i] = whole ? (double) (long) value : value;
    }
    return result;
  }

  private static double[] where(List<Tensor> inputs, long[] shape, int count) {
    double[] condition = spread(inputs.get(0), shape, count);
    double[] a = spread(inputs.get(1), shape, count);
    double[] b = spread(inputs.get(2), shape, count);
    double[] result = new double[count];
    Arrays.setAll(result, i -> condition[i] != 0 ? a[i] : b[i]);
    return result;
  }

  private static double[] filled(Node node, int count) {
    double value =
        node.attributes().get("value") instanceof Attribute.TensorValue set
            ? numbers(set.value())[0]
            : 0;
    double[] result = new double[count];
    Arrays.fill(result, value);
    return result;
  }

  private static double[] range(List<Tensor> inputs, int count) {
    double start = numbers(inputs.get(0))[0];
    double delta = numbers(inputs.get(2))[0];
    double[] result = new double[count];
    Arrays.setAll(result, i -> start + i * delta);
    return result;
  }

  /** The elements of a tensor, broadcast to a shape. */
  private static double[] spread(Tensor tensor, long[] shape, int count) {
    double[] elements = numbers(tensor);
    long[] own = tensor.shape();
    double[] result = new double[count];
    for (int i = 0; i < count; i++) {
      int left = i;
      int at = 0;
      int stride = 1;
      for (int axis = shape.length - 1; axis >= shape.length - own.length; axis--) {
        int size = Math.toIntExact(own[axis - (shape.length - own.length)]);
        int index = left % Math.toIntExact(shape[axis]);
        left /= Math.toIntExact(shape[axis]);
        at += size == 1 ? 0 : index * stride;
        stride *= size;
      }
      result[i] = elements[at];
    }
    return result;
  }

  /** The elements as doubles. */
  static double[] numbers(Tensor tensor) {
    double[] numbers = new double[Math.toIntExact(tensor.size())];
    ByteBuffer data = tensor.data();
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] =
          switch (tensor.type()) {
            case FLOAT32 -> data.getFloat();
            case FLOAT64 -> data.getDouble();
            case INT64 -> data.getLong();
            case INT32 -> data.getInt();
            case BOOL -> data.get();
          };
    }
    return numbers;
  }

  private static Tensor tensor(DataType type, long[] shape, double... elements) {
    ByteBuffer data =
        ByteBuffer.allocate(elements.length * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    for (double element : elements) {
      switch (type) {
        case FLOAT32 -> data.putFloat((float) element);
        case FLOAT64 -> data.putDouble(element);
        case INT64 -> data.putLong((long) element);
        case INT32 -> data.putInt((int) element);
        case BOOL -> data.put((byte) (element != 0 ? 1 : 0));
      }
    }
    data.flip();
    return Tensor.of(type, shape, () -> data);
  }

  private static boolean isFinite(Tensor tensor) {
    return tensor.type() != DataType.FLOAT32
        || Arrays.stream(numbers(tensor)).allMatch(Double::isFinite);
  }
}
