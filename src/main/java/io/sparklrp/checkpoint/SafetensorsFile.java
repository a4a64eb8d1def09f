package io.sparklrp.checkpoint;

import io.sparklrp.error.UserException;
import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/**
 * One safetensors file. Its header is checked when it is opened; tensors are mapped when their data
 * is read.
 */
final class SafetensorsFile {
  private final Path file;
  private final Map<String, SafetensorsHeader.Entry> entries;

  private SafetensorsFile(Path file, Map<String, SafetensorsHeader.Entry> entries) {
    this.file = file;
    this.entries = entries;
  }

  static SafetensorsFile open(Path file) {
    return new SafetensorsFile(file, SafetensorsHeader.read(file));
  }

  Set<String> names() {
    return entries.keySet();
  }

  long[] shape(String name) {
    return entries.get(name).sizes();
  }

  Tensor tensor(String name) {
    SafetensorsHeader.Entry entry = entries.get(name);
    StoredType type = StoredType.of(entry.dtype());
    if (type == null) {
      throw new UserException(
          String.format(
              "Cannot read tensor %s of %s: element type %s is not supported. Save the model as F32, F16 or BF16.",
              name, file, entry.dtype()));
    }
    if (Arrays.stream(entry.sizes()).asDoubleStream().reduce(Float.BYTES, (a, b) -> a * b)
        > Integer.MAX_VALUE) {
      throw tooLarge(name);
    }
    return Tensor.of(
        DataType.FLOAT32, entry.sizes(), () -> finite(name, type.toFloat32(map(name, entry))));
  }

  private UserException tooLarge(String name) {
    return new UserException(
        String.format(
            "Cannot read tensor %s of %s: as float32 it is larger than 2 GiB. Use a model of smaller tensors.",
            name, file));
  }

  private ByteBuffer map(String name, SafetensorsHeader.Entry entry) {
    long length = entry.end() - entry.begin();
    if (length > Integer.MAX_VALUE) {
      throw tooLarge(name);
    }
    try (FileChannel channel = FileChannel.open(file)) {
      return channel
          .map(FileChannel.MapMode.READ_ONLY, entry.begin(), length)
          .order(ByteOrder.LITTLE_ENDIAN);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private ByteBuffer finite(String name, ByteBuffer floats) {
    for (int at = 0; at < floats.limit(); at += Float.BYTES) {
      if (!Float.isFinite(floats.getFloat(at))) {
        throw new UserException(
            String.format(
                "Cannot use tensor %s of %s: it holds NaN or Inf. Train or convert the model again.",
                name, file));
      }
    }
    return floats;
  }
}
