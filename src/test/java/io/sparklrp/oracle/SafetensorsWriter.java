package io.sparklrp.oracle;

import io.sparklrp.graph.Tensor;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/**
 * Writes safetensors files: of seeded random tensors, or of whatever header and data a test likes.
 */
public final class SafetensorsWriter {
  private static final int CHUNK = 1 << 16;
  private static final Pattern NORM = Pattern.compile("[Nn]orm\\.weight$");

  private SafetensorsWriter() {}

  /**
   * Writes float32 tensors of normal numbers; weights of normalisations are near 1.
   *
   * @param shapes the tensors' shapes by name, in the order of the file
   * @param deviation their standard deviation
   */
  public static void random(Path file, Map<String, int[]> shapes, double deviation, long seed)
      throws IOException {
    Random random = new Random(seed);
    try (OutputStream out = Files.newOutputStream(file)) {
      start(out, header(shapes));
      for (Map.Entry<String, int[]> tensor : shapes.entrySet()) {
        double centre = NORM.matcher(tensor.getKey()).find() ? 1 : 0;
        numbers(out, count(tensor.getValue()), centre, deviation, random);
      }
    }
  }

  /** Writes float32 tensors in the order of the map. */
  public static void tensors(Path file, Map<String, Tensor> tensors) throws IOException {
    Map<String, int[]> shapes = new LinkedHashMap<>();
    tensors.forEach(
        (name, tensor) ->
            shapes.put(name, Arrays.stream(tensor.shape()).mapToInt(Math::toIntExact).toArray()));
    try (OutputStream out = Files.newOutputStream(file)) {
      start(out, header(shapes));
      for (Tensor tensor : tensors.values()) {
        byte[] bytes = new byte[tensor.data().remaining()];
        tensor.data().get(bytes);
        out.write(bytes);
      }
    }
  }

  /** Writes a header and data as they are, true or not. */
  public static void raw(Path file, String header, byte... data) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      start(out, header);
      out.write(data);
    }
  }

  private static void start(OutputStream out, String header) throws IOException {
    byte[] bytes = header.getBytes(StandardCharsets.UTF_8);
    byte[] length = new byte[Long.BYTES];
    little(length).putLong(bytes.length);
    out.write(length);
    out.write(bytes);
  }

  private static String header(Map<String, int[]> shapes) {
    StringJoiner entries = new StringJoiner(",", "{", "}");
    long offset = 0;
    for (Map.Entry<String, int[]> tensor : shapes.entrySet()) {
      long end = offset + 4L * count(tensor.getValue());
      entries.add(
          "\"%s\":{\"dtype\":\"F32\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
              .formatted(tensor.getKey(), Arrays.toString(tensor.getValue()), offset, end));
      offset = end;
    }
    String json = entries.toString();
    return json + " ".repeat((8 - json.length() % 8) % 8);
  }

  private static void numbers(
      OutputStream out, int count, double centre, double deviation, Random random)
      throws IOException {
    for (int start = 0; start < count; start += CHUNK) {
      int size = Math.min(CHUNK, count - start);
      byte[] bytes = new byte[size * Float.BYTES];
      ByteBuffer buffer = little(bytes);
      for (int i = 0; i < size; i++) {
        buffer.putFloat((float) (centre + deviation * random.nextGaussian()));
      }
      out.write(bytes);
    }
  }

  private static int count(int... shape) {
    return Arrays.stream(shape).reduce(1, Math::multiplyExact);
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
