package io.sparklrp.graph;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * A constant: type, shape and little-endian data, which may be a mapped slice of a file or made
 * when asked for, so that large weights need not be in the heap.
 */
public final class Tensor {
  private final DataType type;
  private final long[] shape;
  private final Supplier<ByteBuffer> data;

  private Tensor(DataType type, long[] shape, Supplier<ByteBuffer> data) {
    this.type = type;
    this.shape = shape.clone();
    this.data = data;
  }

  /**
   * A tensor whose data is asked for when needed.
   *
   * @param littleEndian gives the elements in row-major order; called once for every use
   */
  public static Tensor of(DataType type, long[] shape, Supplier<ByteBuffer> littleEndian) {
    return new Tensor(type, shape, littleEndian);
  }

  /** A float32 tensor of the given elements in row-major order. */
  public static Tensor floats(long[] shape, float... elements) {
    ByteBuffer bytes = allocate(shape, elements.length, DataType.FLOAT32);
    bytes.asFloatBuffer().put(elements);
    return new Tensor(DataType.FLOAT32, shape, () -> bytes);
  }

  /** An int64 tensor of the given elements in row-major order. */
  public static Tensor longs(long[] shape, long... elements) {
    ByteBuffer bytes = allocate(shape, elements.length, DataType.INT64);
    bytes.asLongBuffer().put(elements);
    return new Tensor(DataType.INT64, shape, () -> bytes);
  }

  /** A float32 scalar. */
  public static Tensor scalar(float element) {
    return floats(new long[0], element);
  }

  /** A uint8 scalar, from 0 to 255. */
  public static Tensor byteScalar(int element) {
    byte[] data = {(byte) element};
    return new Tensor(DataType.UINT8, new long[0], () -> ByteBuffer.wrap(data));
  }

  /** An int64 vector. */
  public static Tensor vector(long... elements) {
    return longs(new long[] {elements.length}, elements);
  }

  private static ByteBuffer allocate(long[] shape, int elements, DataType type) {
    if (size(shape) != elements) {
      throw new IllegalArgumentException(
          "Cannot make a tensor of shape "
              + Arrays.toString(shape)
              + " of "
              + elements
              + " elements.");
    }
    return ByteBuffer.allocate(Math.multiplyExact(elements, type.bytes()))
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  private static long size(long[] shape) {
    return Arrays.stream(shape).reduce(1, Math::multiplyExact);
  }

  /** Type of the elements. */
  public DataType type() {
    return type;
  }

  /** Sizes of the dimensions, outermost first. */
  public long[] shape() {
    return shape.clone();
  }

  /** Number of elements. */
  public long size() {
    return size(shape);
  }

  /** The elements, little-endian and row-major, as a read-only buffer positioned at the first. */
  public ByteBuffer data() {
    return data.get().asReadOnlyBuffer().rewind().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** A copy of the elements of a float32 tensor. */
  public float[] toFloats() {
    expect(DataType.FLOAT32);
    float[] elements = new float[Math.toIntExact(size())];
    data().asFloatBuffer().get(elements);
    return elements;
  }

  /** A copy of the elements of an int64 tensor. */
  public long[] toLongs() {
    expect(DataType.INT64);
    long[] elements = new long[Math.toIntExact(size())];
    data().asLongBuffer().get(elements);
    return elements;
  }

  /** A copy of the elements of a tensor of any type. */
  public double[] toDoubles() {
    double[] elements = new double[Math.toIntExact(size())];
    ByteBuffer from = data();
    for (int i = 0; i < elements.length; i++) {
      elements[i] =
          switch (type) {
            case FLOAT32 -> from.getFloat();
            case FLOAT64 -> from.getDouble();
            case INT64 -> from.getLong();
            case INT32 -> from.getInt();
            case INT8, BOOL -> from.get();
            case UINT8 -> from.get() & 0xff;
          };
    }
    return elements;
  }

  private void expect(DataType wanted) {
    if (type != wanted) {
      throw new IllegalStateException("Cannot read a tensor of " + type + " as " + wanted + ".");
    }
  }

  @Override
  public String toString() {
    return type + Arrays.toString(shape);
  }
}
