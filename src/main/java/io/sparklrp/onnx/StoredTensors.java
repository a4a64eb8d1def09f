package io.sparklrp.onnx;

import ai.onnx.proto.OnnxMl;
import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Supplier;

/**
 * Tensors of an ONNX file as constants of a graph. Large ones stay in the file: they are mapped and
 * converted whenever their data is asked for.
 */
final class StoredTensors {
  /** An infinite number in a constant up to this size is a mask's; it becomes the lowest float. */
  private static final long MASK_SIZE = 1;

  private final ModelFile file;

  StoredTensors(ModelFile file) {
    this.file = file;
  }

  /** The constant that a stored tensor is. */
  Tensor tensor(OnnxMl.TensorProto stored, String name) {
    ElementType element =
        ElementType.of(stored.getDataType()).orElseThrow(() -> unsupported(stored, name));
    long[] shape = stored.getDimsList().stream().mapToLong(Long::longValue).toArray();
    long bytes = bytes(shape, element, name);
    Supplier<ByteBuffer> data = data(stored, element, bytes, name);
    return Tensor.of(
        element.type(), shape, () -> checked(element, element.converted(data.get()), shape, name));
  }

  private RuntimeException unsupported(OnnxMl.TensorProto stored, String name) {
    return file.cannotRead(
        String.format(
            "element type %d of tensor %s is not supported",
            stored.getDataType(), Names.shown(name)),
        "Export the model in float32, float16 or bfloat16");
  }

  private long bytes(long[] shape, ElementType element, String name) {
    long bytes = Math.max(element.bytes(), element.type().bytes());
    boolean empty = false;
    for (long size : shape) {
      empty |= size == 0;
      if (size < 0 || (size > 0 && bytes > Integer.MAX_VALUE / size)) {
        throw file.cannotRead(
            "tensor " + Names.shown(name) + " is larger than 2 GiB or of a negative size",
            "Use a model of smaller tensors");
      }
      bytes *= Math.max(size, 1);
    }
    return empty ? 0 : bytes / Math.max(element.bytes(), element.type().bytes()) * element.bytes();
  }

  private Supplier<ByteBuffer> data(
      OnnxMl.TensorProto stored, ElementType element, long bytes, String name) {
    if (stored.getDataLocation() == OnnxMl.TensorProto.DataLocation.EXTERNAL) {
      return file.external(stored, bytes);
    }
    ByteBuffer data =
        stored.hasRawData() ? stored.getRawData().asReadOnlyByteBuffer() : element.typed(stored);
    if (data.remaining() != bytes) {
      throw file.cannotRead(
          String.format(
              "tensor %s is to hold %d bytes and holds %d",
              Names.shown(name), bytes, data.remaining()),
          "Export or download the model again");
    }
    return () -> data;
  }

  private ByteBuffer checked(ElementType element, ByteBuffer data, long[] shape, String name) {
    if (element.type() != DataType.FLOAT32) {
      return data;
    }
    for (int at = data.position(); at < data.limit(); at += Float.BYTES) {
      if (!Float.isFinite(data.getFloat(at))) {
        return limited(data, shape, name);
      }
    }
    return data;
  }

  private ByteBuffer limited(ByteBuffer data, long[] shape, String name) {
    long size = java.util.Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    float first = data.getFloat(data.position());
    if (size > MASK_SIZE || Float.isNaN(first)) {
      throw file.cannotRead(
          "tensor " + Names.shown(name) + " holds NaN or Inf", "Train or convert the model again");
    }
    ByteBuffer lowest = ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    return lowest.putFloat(0, Math.copySign(Float.MAX_VALUE, first));
  }
}
