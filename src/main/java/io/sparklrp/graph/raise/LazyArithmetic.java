package io.sparklrp.graph.raise;

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
import java.util.Set;

/**
 * Large constants that are computed of constants, such as weights that a model dequantises by Cast,
 * Sub and Mul: they are computed, in float32, whenever they are asked for.
 */
final class LazyArithmetic {
  /** Two numbers. */
  @FunctionalInterface
  private interface Function {
    float apply(float a, float b);
  }

  private static final Map<String, Function> BINARY =
      Map.of(
          "Add", Float::sum,
          "Sub", (a, b) -> a - b,
          "Mul", (a, b) -> a * b,
          "Div", (a, b) -> a / b);
  private static final Set<String> SAME_DATA =
      Set.of("Identity", "Reshape", "Unsqueeze", "Squeeze", "Flatten");

  private LazyArithmetic() {}

  /** The node's only output; empty where the operator is none of these. */
  static Optional<Tensor> compute(Node node, List<Tensor> inputs, Value output) {
    long[] shape = output.shape().sizes();
    String op = node.qualifiedOp();
    Tensor first = inputs.isEmpty() ? null : inputs.get(0);
    if (first == null || size(shape) > Integer.MAX_VALUE / Float.BYTES) {
      return Optional.empty();
    }
    if (SAME_DATA.contains(op)) {
      return Optional.of(Tensor.of(first.type(), shape, first::data));
    }
    if (output.type() != DataType.FLOAT32) {
      return Optional.empty();
    }
    if (op.equals("Cast")) {
      return Optional.of(Tensor.of(DataType.FLOAT32, shape, () -> floats(first)));
    }
    if (!BINARY.containsKey(op) || inputs.size() != 2) {
      return Optional.empty();
    }
    Tensor second = inputs.get(1);
    return Optional.of(
        Tensor.of(DataType.FLOAT32, shape, () -> combined(BINARY.get(op), first, second, shape)));
  }

  private static long size(long... shape) {
    return Arrays.stream(shape).reduce(1, Math::multiplyExact);
  }

  private static ByteBuffer allocate(long count) {
    return ByteBuffer.allocate(Math.toIntExact(count * Float.BYTES)).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static ByteBuffer floats(Tensor from) {
    ByteBuffer data = from.data();
    ByteBuffer to = allocate(from.size());
    while (data.hasRemaining()) {
      to.putFloat(
          switch (from.type()) {
            case FLOAT32 -> data.getFloat();
            case FLOAT64 -> (float) data.getDouble();
            case INT64 -> data.getLong();
            case INT32 -> data.getInt();
            case BOOL -> data.get();
          });
    }
    return to.flip().order(ByteOrder.LITTLE_ENDIAN);
  }

  private static ByteBuffer combined(Function function, Tensor a, Tensor b, long... shape) {
    ByteBuffer first = a.data();
    ByteBuffer second = b.data();
    ByteBuffer to = allocate(size(shape));
    long[] firstSteps = steps(a, shape);
    long[] secondSteps = steps(b, shape);
    long[] at = new long[shape.length];
    long i = 0;
    long j = 0;
    while (to.hasRemaining()) {
      to.putFloat(
          function.apply(
              first.getFloat((int) i * Float.BYTES), second.getFloat((int) j * Float.BYTES)));
      for (int axis = shape.length - 1; axis >= 0; axis--) {
        i += firstSteps[axis];
        j += secondSteps[axis];
        if (++at[axis] < shape[axis]) {
          break;
        }
        i -= firstSteps[axis] * shape[axis];
        j -= secondSteps[axis] * shape[axis];
        at[axis] = 0;
      }
    }
    return to.flip().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** How far each axis of a shape moves in a tensor that is broadcast to it. */
  private static long[] steps(Tensor tensor, long... shape) {
    long[] own = tensor.shape();
    long[] steps = new long[shape.length];
    long step = 1;
    for (int axis = own.length - 1; axis >= 0; axis--) {
      steps[axis + shape.length - own.length] = own[axis] == 1 ? 0 : step;
      step *= own[axis];
    }
    return steps;
  }
}
