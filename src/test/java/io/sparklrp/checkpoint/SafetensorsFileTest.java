package io.sparklrp.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Tensor;
import io.sparklrp.oracle.SafetensorsWriter;
import io.sparklrp.oracle.UserMessage;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsFileTest {
  @TempDir Path directory;

  private Path file() {
    return directory.resolve("model.safetensors");
  }

  private SafetensorsFile written(String dtype, String shape, ByteBuffer buffer)
      throws IOException {
    byte[] data = new byte[buffer.rewind().remaining()];
    buffer.get(data);
    String header =
        "{\"w\": {\"dtype\": \"%s\", \"shape\": %s, \"data_offsets\": [0, %d]}}"
            .formatted(dtype, shape, data.length);
    SafetensorsWriter.raw(file(), header, data);
    return SafetensorsFile.open(file());
  }

  private static ByteBuffer bytes(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void floatsComeBackBitByBit(long seed) throws IOException {
    Random random = new Random(seed);
    ByteBuffer data = bytes(4 * 6);
    float[] expected = new float[6];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = Math.scalb(random.nextFloat() - 0.5f, random.nextInt(250) - 140);
      data.putFloat(expected[i]);
    }
    Tensor tensor = written("F32", "[2, 1, 3]", data).tensor("w");
    assertThat(tensor.type()).isEqualTo(DataType.FLOAT32);
    assertThat(tensor.shape()).containsExactly(2, 1, 3);
    assertThat(tensor.toFloats()).as("seed %d", seed).containsExactly(expected);
  }

  /** What has 8 bits of precision and a small exponent is the same number in all three types. */
  @Test
  void equalNumbersOfAllTypesAreRead() throws IOException {
    float[] numbers = {0f, 1f, -2.5f, 0.0078125f, 1.9921875f, -0x1p-14f, 24064f};
    ByteBuffer half = bytes(2 * numbers.length);
    for (int bits : new int[] {0, 0x3c00, 0xc100, 0x2000, 0x3ff8, 0x8400, 0x75e0}) {
      half.putShort((short) bits);
    }
    ByteBuffer brain = bytes(2 * numbers.length);
    ByteBuffer single = bytes(4 * numbers.length);
    for (float number : numbers) {
      brain.putShort((short) (Float.floatToRawIntBits(number) >>> 16));
      single.putFloat(number);
    }
    assertThat(written("F32", "[7]", single).tensor("w").toFloats()).containsExactly(numbers);
    assertThat(written("BF16", "[7]", brain).tensor("w").toFloats()).containsExactly(numbers);
    assertThat(written("F16", "[7]", half).tensor("w").toFloats()).containsExactly(numbers);
  }

  @Test
  void dataCanBeReadAgain() throws IOException {
    Tensor tensor = written("F16", "[2]", bytes(4).putInt(0x3c00bc00)).tensor("w");
    assertThat(tensor.toFloats()).containsExactly(-1f, 1f);
    assertThat(tensor.toFloats()).containsExactly(-1f, 1f);
  }

  @Test
  void scalarsAndEmptyTensorsAreRead() throws IOException {
    assertThat(written("F32", "[]", bytes(4).putFloat(3)).tensor("w").toFloats())
        .containsExactly(3f);
    assertThat(written("F32", "[3, 0]", bytes(0)).tensor("w").toFloats()).isEmpty();
    assertThat(written("BF16", "[0]", bytes(0)).tensor("w").toFloats()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "F32, 7fc00000", "F32, 7f800000", "F32, ff800000", "F32, ff800001",
    "F16, 7e00", "F16, 7c00", "F16, fc00", "F16, 7c01",
    "BF16, 7fc0", "BF16, 7f80", "BF16, ff80", "BF16, ff81"
  })
  void nanAndInfinityAreRefusedByNameWhereverTheyAre(String dtype, String bits) throws IOException {
    int width = dtype.equals("F32") ? 4 : 2;
    for (int place = 0; place < 3; place++) {
      ByteBuffer data = bytes(3 * width);
      for (int i = 0; i < width; i++) {
        data.put(place * width + i, (byte) (Integer.parseUnsignedInt(bits, 16) >>> (8 * i)));
      }
      SafetensorsFile opened = written(dtype, "[3]", data);
      Tensor tensor = opened.tensor("w");
      UserMessage.of(dtype + " at " + place, tensor::data)
          .contains("tensor w of " + file())
          .contains("NaN or Inf");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"F64", "I64"})
  void typesThatAreNotReadAreRefusedByName(String dtype) throws IOException {
    SafetensorsFile opened = written(dtype, "[1]", bytes(8));
    assertThat(opened.shape("w")).containsExactly(1);
    UserMessage.of(() -> opened.tensor("w")).contains("w", file().toString(), dtype, "BF16");
  }

  /** The file is sparse: it takes no room. */
  /** Two bytes an element are four in float32. */
  @Test
  void halfPrecisionTensorIsMeasuredAsFloat32() throws IOException {
    long elements = Integer.MAX_VALUE / 4 + 1L;
    byte[] header =
        "{\"w\": {\"dtype\": \"BF16\", \"shape\": [%d], \"data_offsets\": [0, %d]}}"
            .formatted(elements, 2 * elements)
            .getBytes(StandardCharsets.UTF_8);
    try (RandomAccessFile sparse = new RandomAccessFile(file().toFile(), "rw")) {
      sparse.writeLong(Long.reverseBytes(header.length));
      sparse.write(header);
      sparse.setLength(Long.BYTES + header.length + 2 * elements);
    }
    SafetensorsFile opened = SafetensorsFile.open(file());
    UserMessage.of(() -> opened.tensor("w")).contains("tensor w of " + file(), "2 GiB");
  }

  @Test
  void tensorLargerThanAMappingIsRefused() throws IOException {
    long size = Integer.MAX_VALUE + 1L;
    byte[] header =
        "{\"w\": {\"dtype\": \"F32\", \"shape\": [%d], \"data_offsets\": [0, %d]}}"
            .formatted(size / 4, size)
            .getBytes(StandardCharsets.UTF_8);
    try (RandomAccessFile sparse = new RandomAccessFile(file().toFile(), "rw")) {
      sparse.writeLong(Long.reverseBytes(header.length));
      sparse.write(header);
      sparse.setLength(Long.BYTES + header.length + size);
    }
    SafetensorsFile opened = SafetensorsFile.open(file());
    UserMessage.of(() -> opened.tensor("w")).contains("tensor w of " + file()).contains("2 GiB");
  }

  @Test
  void namesAreThoseOfTheFile() throws IOException {
    SafetensorsWriter.random(
        file(), java.util.Map.of("Größe.weight", new int[] {2, 2}), 1, 20240229);
    SafetensorsFile opened = SafetensorsFile.open(file());
    assertThat(opened.names()).containsExactly("Größe.weight");
    assertThat(Arrays.stream(opened.shape("Größe.weight")).sum()).isEqualTo(4);
  }
}
