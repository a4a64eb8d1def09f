package io.sparklrp.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparklrp.error.UserException;
import io.sparklrp.files.Confinement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * The header of a safetensors file: a little-endian u64 length, then JSON that maps each tensor's
 * name to its element type, shape and place. Nothing in it is believed: the tensors must fill the
 * rest of the file without gap or overlap.
 */
final class SafetensorsHeader {
  private static final long LIMIT = 100_000_000;
  private static final Map<String, Integer> BITS =
      Map.ofEntries(
          Map.entry("BOOL", 8),
          Map.entry("U8", 8),
          Map.entry("I8", 8),
          Map.entry("F8_E4M3", 8),
          Map.entry("F8_E5M2", 8),
          Map.entry("U16", 16),
          Map.entry("I16", 16),
          Map.entry("F16", 16),
          Map.entry("BF16", 16),
          Map.entry("U32", 32),
          Map.entry("I32", 32),
          Map.entry("F32", 32),
          Map.entry("U64", 64),
          Map.entry("I64", 64),
          Map.entry("F64", 64));

  /**
   * One tensor.
   *
   * @param dtype element type as the file names it
   * @param shape sizes
   * @param begin first byte in the file
   * @param end byte after the last
   */
  record Entry(String dtype, List<Long> shape, long begin, long end) {
    long[] sizes() {
      return shape.stream().mapToLong(Long::longValue).toArray();
    }
  }

  private final Path file;

  private SafetensorsHeader(Path file) {
    this.file = file;
  }

  /** The tensors of a file by name. */
  static Map<String, Entry> read(Path file) {
    Confinement.check(file.toAbsolutePath().getParent(), file);
    try (FileChannel channel = FileChannel.open(file)) {
      return new SafetensorsHeader(file).read(channel);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private Map<String, Entry> read(FileChannel channel) throws IOException {
    long size = channel.size();
    require(size >= Long.BYTES, "it is too short");
    long length = bytes(channel, 0, Long.BYTES).getLong();
    require(length >= 2 && length <= LIMIT, "its header's length is out of range");
    require(length <= size - Long.BYTES, "it ends inside of its header");
    byte[] json = bytes(channel, Long.BYTES, (int) length).array();
    long start = Long.BYTES + length;
    Map<String, Entry> entries = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field :
        BoundedFile.object(json, "the header of " + file).properties()) {
      require(
          PlainText.isPlain(field.getKey()),
          "a tensor's name has control characters or is too long");
      if (!field.getKey().equals("__metadata__")) {
        entries.put(field.getKey(), entry(field.getKey(), field.getValue(), start, size));
      }
    }
    requireFilled(entries, start, size);
    return entries;
  }

  private ByteBuffer bytes(FileChannel channel, long position, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      require(
          channel.read(buffer, position + buffer.position()) >= 0, "it ends inside of its header");
    }
    return buffer.flip();
  }

  private Entry entry(String name, JsonNode node, long start, long size) {
    String dtype = node.path("dtype").asText();
    require(
        BITS.containsKey(dtype),
        "tensor "
            + name
            + " has the unknown element type '"
            + (PlainText.isPlain(dtype) ? dtype : "?")
            + "'");
    long[] shape = naturals(name, node.path("shape"));
    long[] offsets = naturals(name, node.path("data_offsets"));
    require(
        offsets.length == 2 && offsets[0] <= offsets[1],
        "tensor " + name + " has no proper data_offsets");
    require(offsets[1] <= size - start, "tensor " + name + " lies beyond the end of the file");
    require(
        offsets[1] - offsets[0] == size(name, dtype, shape),
        "tensor " + name + "'s bytes do not fit its shape");
    return new Entry(
        dtype, LongStream.of(shape).boxed().toList(), start + offsets[0], start + offsets[1]);
  }

  private long size(String name, String dtype, long[] shape) {
    try {
      long bits = BITS.get(dtype);
      for (long dim : shape) {
        bits = Math.multiplyExact(bits, dim);
      }
      return bits / 8;
    } catch (ArithmeticException e) {
      throw new UserException(message("tensor " + name + "'s shape is too large"), e);
    }
  }

  private long[] naturals(String name, JsonNode array) {
    require(
        array.isArray() && array.size() <= 16,
        "tensor " + name + " has no proper shape or data_offsets");
    long[] numbers = new long[array.size()];
    for (int i = 0; i < numbers.length; i++) {
      JsonNode number = array.get(i);
      boolean natural =
          number.isIntegralNumber() && number.canConvertToLong() && number.asLong() >= 0;
      require(natural, "tensor " + name + " has a shape or data_offsets that are no whole numbers");
      numbers[i] = number.asLong();
    }
    return numbers;
  }

  /** The tensors, by place, must follow each other from the header's end to the file's end. */
  private void requireFilled(Map<String, Entry> entries, long start, long size) {
    List<Map.Entry<String, Entry>> placed =
        entries.entrySet().stream()
            .sorted(
                Comparator.comparingLong((Map.Entry<String, Entry> e) -> e.getValue().begin())
                    .thenComparingLong(e -> e.getValue().end()))
            .toList();
    long at = start;
    for (Map.Entry<String, Entry> next : placed) {
      require(
          next.getValue().begin() == at,
          "tensor " + next.getKey() + " overlaps another one or leaves a gap");
      at = next.getValue().end();
    }
    require(at == size, "it is longer than its tensors");
  }

  private void require(boolean good, String otherwise) {
    if (!good) {
      throw new UserException(message(otherwise));
    }
  }

  private String message(String reason) {
    return String.format("Cannot read %s: %s. Download or save the model again.", file, reason);
  }
}
