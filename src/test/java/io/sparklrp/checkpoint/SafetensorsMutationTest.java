package io.sparklrp.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.sparklrp.error.UserException;
import io.sparklrp.graph.Tensor;
import io.sparklrp.oracle.SafetensorsWriter;
import io.sparklrp.oracle.UserMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged files end in a message to the user or in tensors that lie within the file. */
class SafetensorsMutationTest {
  private static final int MUTANTS = 2000;
  private static final long MOST_ALLOCATED = 8L << 20;
  private static final byte[] INTERESTING =
      "0123456789{}[],:\"\\-+.eEnu \n".getBytes(StandardCharsets.US_ASCII);
  private static final String HEADER =
      """
      {"__metadata__": {"format": "pt"},
       "single": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]},
       "half": {"dtype": "F16", "shape": [4], "data_offsets": [24, 32]},
       "brain": {"dtype": "BF16", "shape": [2, 1, 1], "data_offsets": [32, 36]}}""";

  @TempDir Path directory;

  private byte[] whole(Path file) throws IOException {
    byte[] data = new byte[36];
    Arrays.fill(data, (byte) 0x3c);
    SafetensorsWriter.raw(file, HEADER, data);
    return Files.readAllBytes(file);
  }

  private static byte[] mutated(byte[] whole, Random random) {
    byte[] bytes = whole;
    for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
      bytes = changed(bytes, random);
    }
    return bytes;
  }

  private static byte[] changed(byte[] bytes, Random random) {
    if (bytes.length == 0) {
      return bytes;
    }
    int at = random.nextInt(bytes.length);
    byte interesting = INTERESTING[random.nextInt(INTERESTING.length)];
    return switch (random.nextInt(6)) {
      case 0 -> Arrays.copyOf(bytes, at);
      case 1 -> spliced(bytes, at, 1, (byte) (bytes[at] ^ 1 << random.nextInt(8)));
      case 2 -> spliced(bytes, at, 1, (byte) random.nextInt());
      case 3 -> spliced(bytes, at, 1, interesting);
      case 4 -> spliced(bytes, at, 0, interesting);
      default -> spliced(bytes, at, 1 + random.nextInt(4));
    };
  }

  private static byte[] spliced(byte[] bytes, int at, int removed, byte... inserted) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(bytes, 0, at);
    out.writeBytes(inserted);
    int rest = Math.min(bytes.length, at + removed);
    out.write(bytes, rest, bytes.length - rest);
    return out.toByteArray();
  }

  /** Reads all of a file; true if every tensor was read. */
  private static boolean isRead(Path file, String which) {
    try {
      SafetensorsFile opened = SafetensorsFile.open(file);
      for (String name : opened.names()) {
        read(opened, name, which);
      }
      return true;
    } catch (UserException e) {
      UserMessage.of(
          which,
          () -> {
            throw e;
          });
      return false;
    }
  }

  private static void read(SafetensorsFile opened, String name, String which) {
    Tensor tensor = opened.tensor(name);
    assertThat((long) tensor.data().remaining()).as(which).isEqualTo(4 * tensor.size());
    for (float number : tensor.toFloats()) {
      assertThat(number).as(which).isFinite();
    }
  }

  @Test
  void damagedFilesAreRefusedOrReadWhole() throws IOException {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    byte[] whole = whole(directory.resolve("whole"));
    int refused = 0;
    for (int seed = 0; seed < MUTANTS; seed++) {
      // A new file each time: some file systems flush one that is truncated and written again.
      Path file = directory.resolve("mutant-" + seed);
      Files.write(file, mutated(whole, new Random(seed)));
      long before = threads.getCurrentThreadAllocatedBytes();
      refused += isRead(file, "seed " + seed) ? 0 : 1;
      assertThat(threads.getCurrentThreadAllocatedBytes() - before)
          .as("bytes allocated for seed %d", seed)
          .isLessThan(MOST_ALLOCATED);
    }
    // Were all or none refused, the mutants would show nothing.
    assertThat(refused).isBetween(MUTANTS / 2, MUTANTS - MUTANTS / 50);
  }
}
