package io.sparklrp.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sparklrp.error.RecordException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files against Pillow's {@code Image.open(...).convert("RGB")}. */
class ImageDecoderTest {
  private final ImageDecoder decoder = new ImageDecoder();

  static Stream<Reference.Entry> decoded() {
    return Reference.entries("decoded");
  }

  /** Only JPEG has a tolerance: the JDK's libjpeg is not the one of Pillow. */
  @ParameterizedTest
  @MethodSource("decoded")
  void pixelsArePillows(Reference.Entry entry) throws RecordException {
    RgbImage image = decoder.decode(entry.file());
    assertThat(image.size()).isEqualTo(entry.size());
    assertThat(Reference.difference(image.values(), entry.bytes("rgb")))
        .isLessThanOrEqualTo(entry.integer("tolerance"));
  }

  private RecordException refused(byte[] file) {
    return catchThrowableOfType(RecordException.class, () -> decoder.decode(file));
  }

  @Test
  void nothingIsMissing() {
    for (byte[] nothing : new byte[][] {null, {}}) {
      assertThat(refused(nothing).kind()).isEqualTo("image-missing");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"secret words", "G", "BM", "GIF89a", "\u0089PNG\r\n\u001a\n"})
  void whatIsNoPictureIsUndecodable(String content) {
    RecordException error = refused(content.getBytes(StandardCharsets.ISO_8859_1));
    assertThat(error.kind()).isEqualTo("image-undecodable");
    assertThat(error).hasMessageStartingWith("Cannot decode the image: ");
    assertThat(error.getMessage()).doesNotContain("secret").hasLineCount(1);
  }

  @Test
  void cmykIsNotSupported() {
    RecordException error = refused(Reference.file("cmyk.jpg"));
    assertThat(error.kind()).isEqualTo("image-unsupported");
    assertThat(error).hasMessageContaining("4 components");
  }

  /** The JDK would decode it without any of our checks. */
  @Test
  void pictureWithinABitmapIsNotSupported() {
    byte[] wrapped = Reference.file("rgb.bmp");
    wrapped[30] = 5;
    assertThat(refused(wrapped).kind()).isEqualTo("image-unsupported");
  }

  private static void dimensions(byte[] file, ByteOrder order, int at, int size, int bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(file).order(order);
    for (int side = 0; side < 2; side++) {
      if (bytes == Short.BYTES) {
        buffer.putShort(at + side * bytes, (short) size);
      } else {
        buffer.putInt(at + side * bytes, size);
      }
    }
  }

  private static byte[] pngBomb() {
    byte[] png = Reference.file("rgb.png");
    dimensions(png, ByteOrder.BIG_ENDIAN, 16, 60_000, Integer.BYTES);
    java.util.zip.CRC32 crc = new java.util.zip.CRC32();
    crc.update(png, 12, 17);
    ByteBuffer.wrap(png).putInt(29, (int) crc.getValue());
    return png;
  }

  private static byte[] jpegBomb() {
    byte[] jpeg = Reference.file("420.jpg");
    int frame =
        IntStream.range(0, jpeg.length)
            .filter(i -> (jpeg[i] & 0xFF) == 0xFF && (jpeg[i + 1] & 0xFF) == 0xC0)
            .findFirst()
            .orElseThrow();
    dimensions(jpeg, ByteOrder.BIG_ENDIAN, frame + 5, 60_000, Short.BYTES);
    return jpeg;
  }

  private static byte[] gifBomb() {
    byte[] gif = Reference.file("palette.gif");
    dimensions(gif, ByteOrder.LITTLE_ENDIAN, 6, 60_000, Short.BYTES);
    return gif;
  }

  private static byte[] bmpBomb() {
    byte[] bmp = Reference.file("rgb.bmp");
    dimensions(bmp, ByteOrder.LITTLE_ENDIAN, 18, 60_000, Integer.BYTES);
    return bmp;
  }

  @Test
  void pictureTooLargeIsRefusedBeforeItIsDecoded() {
    long start = System.nanoTime();
    for (byte[] bomb : List.of(pngBomb(), jpegBomb(), gifBomb(), bmpBomb())) {
      RecordException error = refused(bomb);
      assertThat(error.kind()).isEqualTo("image-too-large");
      assertThat(error).hasMessageContaining("60000x60000").hasMessageContaining("25000000");
    }
    assertThat(System.nanoTime() - start).isLessThan(5_000_000_000L);
  }

  @Test
  void limitCanBeLower() throws RecordException {
    byte[] file = Reference.file("rgb.png");
    assertThat(new ImageDecoder(9 * 12).decode(file).size()).isEqualTo(new ImageSize(9, 12));
    RecordException error =
        catchThrowableOfType(
            RecordException.class, () -> new ImageDecoder(9 * 12 - 1).decode(file));
    assertThat(error.kind()).isEqualTo("image-too-large");
  }

  /** Nothing of the state of one decoding is another's. */
  @Test
  void threadsDoNotDisturbEachOther() {
    List<Reference.Entry> entries = decoded().toList();
    List<byte[]> alone = entries.stream().map(this::values).toList();
    List<Boolean> same =
        IntStream.range(0, 20 * entries.size())
            .parallel()
            .mapToObj(
                i ->
                    Arrays.equals(
                        values(entries.get(i % entries.size())), alone.get(i % entries.size())))
            .collect(Collectors.toList());
    assertThat(same).containsOnly(true);
  }

  private byte[] values(Reference.Entry entry) {
    try {
      return decoder.decode(entry.file()).values();
    } catch (RecordException e) {
      throw new AssertionError(e);
    }
  }
}
