package io.sparklrp.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sparklrp.error.RecordException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The largest pictures that are allowed, and larger ones, with little memory. */
class LargePicturesTest {
  private static final int SIDE = 5000;
  private static final int PIXELS = SIDE * SIDE;
  private static final int LONGEST = 65_500;

  @TempDir Path directory;

  private static Map<String, byte[]> largest() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("rgb.png", LargePictures.png(SIDE, SIDE, 8, 2, false));
    files.put("rgba16.png", LargePictures.png(SIDE, SIDE, 16, 6, false));
    files.put("bit.png", LargePictures.png(SIDE, SIDE, 1, 3, false));
    files.put("interlaced.png", LargePictures.png(SIDE, SIDE, 8, 2, true));
    files.put("interlaced-rgba16.png", LargePictures.png(SIDE, SIDE, 16, 6, true));
    files.put("tall.png", LargePictures.png(PIXELS / 25, 25, 8, 2, false));
    files.put("baseline.jpg", LargePictures.written("jpeg", SIDE, SIDE, false));
    files.put("progressive.jpg", LargePictures.written("jpeg", SIDE, SIDE, true));
    files.put("strip.jpg", LargePictures.written("jpeg", PIXELS / LONGEST, LONGEST, false));
    files.put("screen.gif", LargePictures.written("gif", SIDE, SIDE, false));
    files.put("run-length.bmp", LargePictures.runLength(SIDE, SIDE));
    files.put("plain.bmp", LargePictures.bmp(SIDE, SIDE, 24, 0, new byte[3 * PIXELS]));
    return files;
  }

  /** Lines of a process that decodes the files. */
  private List<String> decoded(String heap, Map<String, byte[]> files) throws Exception {
    Path out = directory.resolve("out");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx" + heap, "-XX:+ExitOnOutOfMemoryError", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(DecodingProbe.class.getName());
    command.add(directory.toString());
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      command.add(Files.write(directory.resolve(file.getKey()), file.getValue()).toString());
    }
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile()).start();
    try {
      assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return Files.readAllLines(out);
  }

  /** The process would end at the first OutOfMemoryError, caught or not. */
  @Test
  void theLargestOfEachFormatAreDecodedByTwoThreadsInALittleHeap() throws Exception {
    Map<String, byte[]> files = largest();
    List<String> lines = decoded("320m", files);
    assertThat(lines).hasSameSizeAs(files.keySet());
    int line = 0;
    for (String name : files.keySet()) {
      assertThat(lines.get(line++)).startsWith(name + " 224x224 224x224 ");
    }
  }

  @Test
  void whatAHeapCannotHoldIsTheRecordsError() throws Exception {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("wide.png", LargePictures.png(1, PIXELS, 16, 6, false));
    files.put("interlaced.png", LargePictures.png(SIDE, SIDE, 8, 2, true));
    files.put("good.png", LargePictures.png(SIDE, SIDE, 8, 2, false));
    assertThat(decoded("96m", files))
        .hasSize(3)
        .anyMatch(line -> line.startsWith("wide.png image-too-large image-too-large"))
        .anyMatch(line -> line.startsWith("interlaced.png image-too-large image-too-large"))
        .anyMatch(line -> line.startsWith("good.png 224x224 224x224"));
  }

  private static RecordException refused(byte[] file) {
    return catchThrowableOfType(RecordException.class, () -> new ImageDecoder().open(file));
  }

  @Test
  void largerOnesAreRefusedByTheirHeaders() {
    int side = 10_000;
    byte[] whole = LargePictures.png(side, side, 8, 2, false);
    assertThat(whole.length).isLessThan(400_000);
    for (byte[] file :
        List.of(
            whole,
            LargePictures.png(PIXELS + 1, 1, 1, 0, true),
            LargePictures.runLength(side, side),
            LargePictures.bmp(-side, side, 24, 0, new byte[0]))) {
      RecordException error = refused(file);
      assertThat(error.kind()).isEqualTo("image-too-large");
      assertThat(error).hasMessageContaining("--max-pixels");
    }
  }

  /** Chunks that pixels do not need are neither inflated nor copied. */
  @ParameterizedTest
  @ValueSource(strings = {"zTXt", "iCCP", "iTXt", "eXIf", "sPLT", "tRNS"})
  void chunksBesideThePixelsAreSkipped(String type) throws IOException, RecordException {
    byte[] plain = LargePictures.png(7, 5, 8, 2, false);
    java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
    out.write(plain, 0, 33);
    byte[] bomb = LargePictures.png(1, 10_000_000, 8, 0, false);
    byte[] content =
        ("a\0\0" + new String(bomb, StandardCharsets.ISO_8859_1))
            .getBytes(StandardCharsets.ISO_8859_1);
    LargePictures.chunk(out, type, content);
    out.write(plain, 33, plain.length - 33);
    assertThat(new ImageDecoder().decode(out.toByteArray()).size()).hasToString("7x5");
  }

  /** Each of them is a pass over all pixels. */
  @Test
  void jpegOfTooManyScansIsRefused() {
    byte[] file = LargePictures.written("jpeg", 64, 64, true);
    int last = lastScan(file);
    java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
    out.write(file, 0, last);
    for (int i = 0; i < 500; i++) {
      out.write(file, last, file.length - 2 - last);
    }
    out.write(file, file.length - 2, 2);
    RecordException error = refused(out.toByteArray());
    assertThat(error.kind()).isEqualTo("image-unsupported");
    assertThat(error).hasMessageContaining("scans");
  }

  private static int lastScan(byte[] file) {
    int at = file.length - 2;
    while ((file[at] & 0xFF) != 0xFF || (file[at + 1] & 0xFF) != 0xDA) {
      at--;
    }
    return at;
  }
}
