package io.sparklrp.oracle;

import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Tensor;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A tensor of doubles; whole numbers and truth values are held exactly.
 *
 * @param shape sizes, outermost first
 * @param data elements in row-major order
 */
@SuppressWarnings("ArrayRecordComponent") // plain loops over plain arrays
public record DoubleTensor(int[] shape, double[] data) {
  /** Checks the number of elements. */
  public DoubleTensor {
    if (size(shape) != data.length) {
      throw new AssertionError(Arrays.toString(shape) + " does not hold " + data.length);
    }
  }

  public static DoubleTensor zeros(int... shape) {
    return new DoubleTensor(shape, new double[size(shape)]);
  }

  public static DoubleTensor of(int[] shape, double... data) {
    return new DoubleTensor(shape, data);
  }

  public static DoubleTensor scalar(double value) {
    return new DoubleTensor(new int[0], new double[] {value});
  }

  public static DoubleTensor vector(double... values) {
    return new DoubleTensor(new int[] {values.length}, values);
  }

  /** The elements of a graph's constant. */
  public static DoubleTensor of(Tensor tensor) {
    int[] shape = Arrays.stream(tensor.shape()).mapToInt(Math::toIntExact).toArray();
    DoubleTensor result = zeros(shape);
    ByteBuffer bytes = tensor.data();
    for (int i = 0; i < result.data.length; i++) {
      result.data[i] = element(bytes, tensor.type());
    }
    return result;
  }

  private static double element(ByteBuffer bytes, DataType type) {
    return switch (type) {
      case FLOAT32 -> bytes.getFloat();
      case FLOAT64 -> bytes.getDouble();
      case INT64 -> bytes.getLong();
      case INT32 -> bytes.getInt();
      case INT8, BOOL -> bytes.get();
      case UINT8 -> bytes.get() & 0xff;
    };
  }

  static int size(int... shape) {
    return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
  }

  public int rank() {
    return shape.length;
  }

  int axis(long axis) {
    return (int) (axis < 0 ? axis + rank() : axis);
  }

  /** Distance of neighbours along each axis. */
  int[] strides() {
    int[] strides = new int[rank()];
    int stride = 1;
    for (int axis = rank() - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride *= shape[axis];
    }
    return strides;
  }

  /** The index along each axis of an element. */
  static int[] index(int flat, int... shape) {
    int[] index = new int[shape.length];
    int left = flat;
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      index[axis] = left % shape[axis];
      left /= shape[axis];
    }
    return index;
  }

  public double at(int... index) {
    int[] strides = strides();
    return data[IntStream.range(0, index.length).map(axis -> index[axis] * strides[axis]).sum()];
  }

  /** The element that broadcasting puts at an index of a larger shape. */
  double broadcastAt(int... index) {
    int[] own = new int[rank()];
    for (int axis = 0; axis < rank(); axis++) {
      own[axis] = shape[axis] == 1 ? 0 : index[axis + index.length - rank()];
    }
    return at(own);
  }

  long[] longs() {
    return Arrays.stream(data).mapToLong(Math::round).toArray();
  }

  DoubleTensor reshaped(int... newShape) {
    return new DoubleTensor(newShape, data);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DoubleTensor tensor
        && Arrays.equals(shape, tensor.shape)
        && Arrays.equals(data, tensor.data);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(data);
  }

  @Override
  public String toString() {
    return Arrays.toString(shape) + Arrays.toString(data);
  }
}
