package io.sparklrp.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sparklrp.error.RecordException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged files are a record's error, and never anything else; or still a picture. */
class DamagedImageTest {
  private static final int MUTANTS = 600;
  private static final List<String> KINDS =
      List.of("image-missing", "image-undecodable", "image-unsupported", "image-too-large");

  /** Low, so that large mutants take no time. */
  private final ImageDecoder decoder = new ImageDecoder(1_000_000);

  /** Null if it is a picture. */
  private String kind(byte[] file) {
    Throwable thrown = catchThrowable(() -> decoder.decode(file));
    if (thrown == null) {
      return null;
    }
    assertThat(thrown).isExactlyInstanceOf(RecordException.class);
    assertThat(thrown.getMessage()).hasLineCount(1).matches("[ -~]+");
    String kind = ((RecordException) thrown).kind();
    assertThat(KINDS).contains(kind);
    return kind;
  }

  /** What ends a file after its last pixel may be missing. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "rgb.png",
        "palette.png",
        "grey16.png",
        "palette.gif",
        "rgb.bmp",
        "palette.bmp",
        "420.jpg",
        "grey.jpg",
        "progressive.jpg"
      })
  void cutOffFilesAreUndecodable(String name) {
    byte[] file = Reference.file(name);
    for (int length = 1; length < file.length - 24; length++) {
      assertThat(kind(Arrays.copyOf(file, length)))
          .as("%s cut to %d of %d", name, length, file.length)
          .isEqualTo("image-undecodable");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rgb.png",
        "palette-transparent.png",
        "grey16.png",
        "part-transparent.gif",
        "animation.gif",
        "rgba.bmp",
        "palette.bmp",
        "rgb565.bmp",
        "420.jpg",
        "rgb.jpg",
        "progressive.jpg",
        "profile.jpg",
        "cmyk.jpg"
      })
  void changedFilesAreRecordErrorsOrPictures(String name) {
    byte[] file = Reference.file(name);
    Random random = new Random(name.hashCode());
    for (int i = 0; i < MUTANTS; i++) {
      byte[] mutant = file.clone();
      for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
        // Mostly in the header, where it matters.
        int at = random.nextInt(random.nextBoolean() ? Math.min(60, mutant.length) : mutant.length);
        mutant[at] =
            (byte) (random.nextBoolean() ? random.nextInt() : mutant[at] ^ 1 << random.nextInt(8));
      }
      kind(random.nextInt(5) == 0 ? Arrays.copyOf(mutant, random.nextInt(mutant.length)) : mutant);
    }
  }
}
