package io.sparklrp.graph.op;

import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.Tensor;
import io.sparklrp.graph.Value;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A node all of whose inputs are constants, and whose only output may be computed.
 *
 * @param node the node
 * @param inputs the constants
 * @param output what it gives, of a fixed shape
 */
public record Folding(Node node, List<Tensor> inputs, Value output) {
  /** Most elements of what is computed at once, in double precision. */
  static final long LARGEST = 1 << 16;

  /** Copies. */
  public Folding {
    inputs = List.copyOf(inputs);
  }

  /**
   * The output: computed here where all is small, and whenever it is asked for where an input is
   * large; empty where the operator computes none, or the result is large or not finite.
   */
  public Optional<Tensor> compute() {
    Operator operator = Operators.of(node);
    if (inputs.stream().anyMatch(input -> input.size() > LARGEST)) {
      return operator.foldLater(this);
    }
    return LargeConstants.size(shape()) > LARGEST
        ? Optional.empty()
        : operator.fold(this).map(this::tensor).filter(Folding::isFinite);
  }

  /** Shape of the output. */
  long[] shape() {
    return output.shape().sizes();
  }

  /** How many elements the output has. */
  int count() {
    return Math.toIntExact(LargeConstants.size(shape()));
  }

  /** The elements of an input. */
  double[] numbers(int input) {
    return inputs.get(input).toDoubles();
  }

  /** The elements of an input, broadcast to the output. */
  double[] spread(int input) {
    double[] elements = numbers(input);
    long[] own = inputs.get(input).shape();
    long[] shape = shape();
    double[] result = new double[count()];
    for (int i = 0; i < result.length; i++) {
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

  private Tensor tensor(double... elements) {
    DataType type = output.type();
    ByteBuffer data =
        ByteBuffer.allocate(elements.length * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    for (double element : elements) {
      switch (type) {
        case FLOAT32 -> data.putFloat((float) element);
        case FLOAT64 -> data.putDouble(element);
        case INT64 -> data.putLong((long) element);
        case INT32 -> data.putInt((int) element);
        case INT8, UINT8 -> data.put((byte) (int) element);
        case BOOL -> data.put((byte) (element != 0 ? 1 : 0));
      }
    }
    data.flip();
    return Tensor.of(type, shape(), () -> data);
  }

  private static boolean isFinite(Tensor tensor) {
    return tensor.type() != DataType.FLOAT32
        || Arrays.stream(tensor.toDoubles()).allMatch(Double::isFinite);
  }
}
