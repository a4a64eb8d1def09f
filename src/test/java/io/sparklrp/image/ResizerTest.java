package io.sparklrp.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.error.RecordException;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Sizes and filters against Pillow's {@code Image.resize}: every value is the same. */
class ResizerTest {

  static Stream<Reference.Entry> resized() {
    return Reference.entries("resized");
  }

  private static RgbImage resized(Resampling resampling, RgbImage image, ImageSize to)
      throws RecordException {
    return RgbImage.of(new Resizer(resampling).resize(image, to));
  }

  private static Resampling resampling(Reference.Entry entry) {
    return Resampling.ofCode(entry.integer("resample")).orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("resized")
  void valuesArePillows(Reference.Entry entry) throws RecordException {
    RgbImage image = new ImageDecoder().decode(entry.file());
    RgbImage resized = resized(resampling(entry), image, entry.size());
    assertThat(Reference.difference(resized.values(), entry.bytes("rgb"))).isZero();
  }

  private static ImageSize randomSize(Random random) {
    return new ImageSize(1 + random.nextInt(60), 1 + random.nextInt(60));
  }

  @ParameterizedTest
  @EnumSource(Resampling.class)
  void constantPictureStaysConstant(Resampling resampling) throws RecordException {
    Random random = new Random(3);
    for (int i = 0; i < 100; i++) {
      ImageSize from = randomSize(random);
      byte[] values = RgbImage.room(from);
      Arrays.fill(values, (byte) random.nextInt());
      ImageSize to = randomSize(random);
      byte[] out = resized(resampling, new RgbImage(from, values), to).values();
      assertThat(out).as("%s to %s", from, to).containsOnly(values[0]);
      assertThat(out).hasSize((int) to.pixels() * RgbImage.CHANNELS);
    }
  }

  @ParameterizedTest
  @EnumSource(Resampling.class)
  void sameSizeIsTheSamePicture(Resampling resampling) throws RecordException {
    byte[] values = RgbImage.room(new ImageSize(5, 7));
    new Random(4).nextBytes(values);
    RgbImage image = new RgbImage(new ImageSize(5, 7), values.clone());
    assertThat(resized(resampling, image, image.size()).values()).isEqualTo(values);
  }

  /** Colours do not mix: a picture of one channel has only that channel afterwards. */
  @ParameterizedTest
  @EnumSource(Resampling.class)
  void channelsDoNotMix(Resampling resampling) throws RecordException {
    byte[] values = RgbImage.room(new ImageSize(9, 8));
    Random random = new Random(5);
    for (int i = 1; i < values.length; i += RgbImage.CHANNELS) {
      values[i] = (byte) random.nextInt();
    }
    RgbImage image = new RgbImage(new ImageSize(9, 8), values);
    RgbImage out = resized(resampling, image, new ImageSize(4, 13));
    for (int row = 0; row < 4; row++) {
      for (int column = 0; column < 13; column++) {
        assertThat(out.value(row, column, 0) + out.value(row, column, 2)).isZero();
      }
    }
  }
}
