package io.sparklrp.graph.op;

import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/**
 * Large constants that are computed of constants, such as weights that a model dequantises by Cast,
 * Sub and Mul: they are computed, in float32, whenever they are asked for.
 */
final class LargeConstants {
  private LargeConstants() {}

  /** The first input's data in the output's shape. */
  static Optional<Tensor> sameData(Folding in) {
    Tensor first = in.inputs().get(0);
    return Optional.of(in)
        .filter(LargeConstants::isHeld)
        .map(all -> Tensor.of(first.type(), all.shape(), first::data));
  }

  /** The first input as floats. */
  static Optional<Tensor> floats(Folding in) {
    Tensor first = in.inputs().get(0);
    return ofFloats(in).map(all -> Tensor.of(DataType.FLOAT32, all.shape(), () -> floats(first)));
  }

  /** Two inputs, element by element, as floats. */
  static Optional<Tensor> combined(Folding in, Arithmetic.OfFloats function) {
    long[] shape = in.shape();
    return ofFloats(in)
        .filter(all -> all.inputs().size() == 2)
        .map(Folding::inputs)
        .map(
            two ->
                Tensor.of(
                    DataType.FLOAT32,
                    shape,
                    () -> combined(function, two.get(0), two.get(1), shape)));
  }

  private static Optional<Folding> ofFloats(Folding in) {
    return Optional.of(in).filter(all -> isHeld(all) && all.output().type() == DataType.FLOAT32);
  }

  private static boolean isHeld(Folding in) {
    return size(in.shape()) <= Integer.MAX_VALUE / Float.BYTES;
  }

  /** Number of elements of a shape. */
  static long size(long... shape) {
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
            case INT8, BOOL -> data.get();
            case UINT8 -> data.get() & 0xff;
          });
    }
    return to.flip().order(ByteOrder.LITTLE_ENDIAN);
  }

  private static ByteBuffer combined(
      Arithmetic.OfFloats function, Tensor a, Tensor b, long... shape) {
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
