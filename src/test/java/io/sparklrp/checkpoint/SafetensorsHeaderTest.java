package io.sparklrp.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.oracle.SafetensorsWriter;
import io.sparklrp.oracle.UserMessage;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that lie about themselves. */
class SafetensorsHeaderTest {
  private static final String TWO =
      """
      {"a": {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]},
       "b": {"dtype": "F16", "shape": [1, 2], "data_offsets": [8, 12]}}""";

  @TempDir Path directory;

  private Path file() {
    return directory.resolve("model.safetensors");
  }

  private void refused(String reason) {
    UserMessage.of(() -> SafetensorsHeader.read(file()))
        .contains(file().toString())
        .contains(reason);
  }

  private void refused(String header, int dataBytes, String reason) throws IOException {
    SafetensorsWriter.raw(file(), header, new byte[dataBytes]);
    refused(reason);
  }

  @Test
  void entriesSayWhereTheTensorsAre() throws IOException {
    SafetensorsWriter.raw(file(), TWO, new byte[12]);
    long start = 8L + TWO.length();
    Map<String, SafetensorsHeader.Entry> entries = SafetensorsHeader.read(file());
    assertThat(entries.keySet()).containsExactly("a", "b");
    SafetensorsHeader.Entry second = entries.get("b");
    assertThat(second.dtype()).isEqualTo("F16");
    assertThat(second.sizes()).containsExactly(1, 2);
    assertThat(second.begin()).isEqualTo(start + 8);
    assertThat(second.end()).isEqualTo(start + 12);
  }

  @Test
  void orderOfTheHeaderNeedNotBeThatOfTheData() throws IOException {
    String header =
        """
        {"late": {"dtype": "U8", "shape": [3], "data_offsets": [4, 7]},
         "none": {"dtype": "F32", "shape": [0], "data_offsets": [4, 4]},
         "early": {"dtype": "F32", "shape": [], "data_offsets": [0, 4]},
         "__metadata__": {"format": "pt"}}""";
    SafetensorsWriter.raw(file(), header, new byte[7]);
    assertThat(SafetensorsHeader.read(file())).containsOnlyKeys("late", "none", "early");
  }

  @Test
  void everyTruncationIsRefused() throws IOException {
    SafetensorsWriter.raw(file(), TWO, new byte[12]);
    byte[] whole = Files.readAllBytes(file());
    for (int length = 0; length < whole.length; length++) {
      Files.write(file(), java.util.Arrays.copyOf(whole, length));
      UserMessage.of("cut to " + length, () -> SafetensorsHeader.read(file()))
          .contains(file().toString());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE, 100_000_001, 1L << 32 | 64})
  void headerLengthsOutOfRangeAreRefused(long length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(1024).order(ByteOrder.LITTLE_ENDIAN);
    Files.write(file(), bytes.putLong(length).array());
    refused("header's length is out of range");
  }

  @Test
  void headerBeyondTheFileIsRefusedBeforeItIsRead() throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(1024).order(ByteOrder.LITTLE_ENDIAN);
    Files.write(file(), bytes.putLong(1017).array());
    refused("it ends inside of its header");
  }

  /** The file is as large as it says, so only the limit keeps the header out of memory. */
  @Test
  void headerOverTheLimitIsRefusedThoughTheFileHasIt() throws IOException {
    try (RandomAccessFile sparse = new RandomAccessFile(file().toFile(), "rw")) {
      sparse.setLength(200_000_000);
      sparse.writeLong(Long.reverseBytes(150_000_000));
    }
    refused("header's length is out of range");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{]",
        "no JSON",
        "{\"a\": {\"dtype\": \"F32\"}",
        "{} {}",
        "{\"a\": 1, \"a\": 1}",
        "{\"\\uZZZZ\": 1}"
      })
  void headersThatAreNotJsonAreRefused(String header) throws IOException {
    refused(header, 0, "it is not JSON");
  }

  @Test
  void duplicateNamesAreRefused() throws IOException {
    refused(TWO.replace("\"b\"", "\"a\""), 12, "it is not JSON");
    refused(TWO.replace("\"shape\": [2]", "\"shape\": [2], \"shape\": [2]"), 12, "it is not JSON");
  }

  @Test
  void bytesThatAreNoTextAreRefused() throws IOException {
    byte[] header = TWO.getBytes(StandardCharsets.UTF_8);
    header[2] = (byte) 0xff;
    ByteBuffer bytes = ByteBuffer.allocate(8 + header.length + 12).order(ByteOrder.LITTLE_ENDIAN);
    Files.write(file(), bytes.putLong(header.length).put(header).array());
    refused("it is not JSON");
  }

  /** A recursive reader would overflow its stack. */
  @Test
  void deepNestingIsRefused() throws IOException {
    refused("{\"a\":" + "[".repeat(1_000_000), 0, "it is not JSON");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "null", "70", "\"text\"", "  "})
  void headersThatAreNoObjectAreRefused(String header) throws IOException {
    refused(header, 0, "it is not ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        // b's entry | part of the message
        "1 | unknown element type",
        "{} | unknown element type",
        "{\"dtype\": \"F128\", \"shape\": [2], \"data_offsets\": [8, 12]} | unknown element type 'F128'",
        "{\"dtype\": null, \"shape\": [2], \"data_offsets\": [8, 12]} | unknown element type",
        "{\"dtype\": \"F16\", \"data_offsets\": [8, 12]} | no proper shape",
        "{\"dtype\": \"F16\", \"shape\": 2, \"data_offsets\": [8, 12]} | no proper shape",
        "{\"dtype\": \"F16\", \"shape\": [-2], \"data_offsets\": [8, 12]} | no whole numbers",
        "{\"dtype\": \"F16\", \"shape\": [-1, -2], \"data_offsets\": [8, 12]} | no whole numbers",
        "{\"dtype\": \"F16\", \"shape\": [2.0], \"data_offsets\": [8, 12]} | no whole numbers",
        "{\"dtype\": \"F16\", \"shape\": [\"2\"], \"data_offsets\": [8, 12]} | no whole numbers",
        "{\"dtype\": \"F16\", \"shape\": [2]} | data_offsets",
        "{\"dtype\": \"F16\", \"shape\": [2], \"data_offsets\": [8]} | no proper data_offsets",
        "{\"dtype\": \"F16\", \"shape\": [2], \"data_offsets\": [8, 12, 12]} | no proper data_offsets",
        "{\"dtype\": \"F16\", \"shape\": [2], \"data_offsets\": [12, 8]} | no proper data_offsets",
        "{\"dtype\": \"F16\", \"shape\": [2], \"data_offsets\": [-4, 0]} | no whole numbers",
        "{\"dtype\": \"F16\", \"shape\": [2], \"data_offsets\": [9, 13]} | beyond the end",
        "{\"dtype\": \"F16\", \"shape\": [2], \"data_offsets\": [8, 9223372036854775807]} | beyond the end",
        "{\"dtype\": \"F16\", \"shape\": [2], \"data_offsets\": [8, 9223372036854775808]} | no whole numbers",
        "{\"dtype\": \"F16\", \"shape\": [3], \"data_offsets\": [8, 12]} | do not fit its shape",
        "{\"dtype\": \"F32\", \"shape\": [2], \"data_offsets\": [8, 12]} | do not fit its shape",
        "{\"dtype\": \"F16\", \"shape\": [2], \"data_offsets\": [8, 11]} | do not fit its shape",
        "{\"dtype\": \"F16\", \"shape\": [2], \"data_offsets\": [4, 8]} | overlaps",
        "{\"dtype\": \"F16\", \"shape\": [2], \"data_offsets\": [0, 4]} | overlaps",
        "{\"dtype\": \"F16\", \"shape\": [0], \"data_offsets\": [4, 4]} | overlaps",
        "{\"dtype\": \"F16\", \"shape\": [1], \"data_offsets\": [10, 12]} | leaves a gap",
        "{\"dtype\": \"F16\", \"shape\": [1], \"data_offsets\": [8, 10]} | longer than its tensors"
      })
  void entriesThatCannotBeAreRefused(String entry, String reason) throws IOException {
    refused(
        "{\"a\": {\"dtype\": \"F32\", \"shape\": [2], \"data_offsets\": [0, 8]}, \"b\": "
            + entry
            + "}",
        12,
        reason);
  }

  /** Products that are 4 or 0 modulo 2^64, and one that overflows only as bits. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "[4294967296, 4294967296, 4]",
        "[9223372036854775807, 9223372036854775807, 4]",
        "[576460752303423489]",
        "[2, 2305843009213693952, 2, 2]"
      })
  void overflowOfTheShapesProductIsRefused(String shape) throws IOException {
    String header =
        "{\"a\": {\"dtype\": \"F32\", \"shape\": " + shape + ", \"data_offsets\": [0, 16]}}";
    refused(header, 16, "tensor a's shape is too large");
  }

  @Test
  void shapesOfVeryManyDimensionsAreRefused() throws IOException {
    String shape = "[1" + ", 1".repeat(100_000) + "]";
    String header =
        "{\"a\": {\"dtype\": \"F32\", \"shape\": " + shape + ", \"data_offsets\": [0, 4]}}";
    refused(header, 4, "no proper shape");
  }

  /** A name with line breaks or a terminal's escapes would forge what a user reads. */
  @ParameterizedTest
  @ValueSource(strings = {"a\\nspark-lrp: all is well.", "\\u001b[2J", "a\\u0000", "\\u0085"})
  void namesAndTypesWithControlCharactersAreRefusedAndNotPrinted(String text) throws IOException {
    refused(TWO.replace("\"b\"", "\"" + text + "\""), 12, "control character");
    refused(TWO.replace("F16", text), 12, "unknown element type");
  }
}
