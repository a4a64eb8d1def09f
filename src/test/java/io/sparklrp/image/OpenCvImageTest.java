package io.sparklrp.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sparklrp.error.RecordException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenCvImageTest {

  private static RgbImage decode(int height, int width, int channels, int mode, byte[] data)
      throws RecordException {
    return RgbImage.of(
        OpenCvImage.open(height, width, channels, mode, data, ImageDecoder.USUAL_PIXELS));
  }

  @Test
  void blueGreenRedBecomesRedGreenBlue() throws RecordException {
    RgbImage image = decode(1, 2, 3, OpenCvImage.CV_8UC3, new byte[] {1, 2, 3, 4, 5, (byte) 200});
    assertThat(image.size()).isEqualTo(new ImageSize(1, 2));
    assertThat(image.values()).containsExactly(3, 2, 1, (byte) 200, 5, 4);
    assertThat(image.value(0, 1, 0)).isEqualTo(200);
  }

  @Test
  void opacityIsDropped() throws RecordException {
    byte[] data = {1, 2, 3, 0, 4, 5, 6, 9};
    assertThat(decode(2, 1, 4, OpenCvImage.CV_8UC4, data).values())
        .containsExactly(3, 2, 1, 6, 5, 4);
  }

  @Test
  void greyIsAllThree() throws RecordException {
    assertThat(decode(1, 2, 1, OpenCvImage.CV_8UC1, new byte[] {7, 8}).values())
        .containsExactly(7, 7, 7, 8, 8, 8);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 2, 3, 16, 5, image-undecodable",
    "1, 2, 3, 16, 7, image-undecodable",
    "1, 2, 4, 16, 8, image-undecodable",
    "0, 2, 3, 16, 6, image-undecodable",
    "-1, -2, 3, 16, 6, image-undecodable",
    "1, 2, 3, 18, 6, image-unsupported",
    "-1, -1, -1, -1, 6, image-unsupported",
    "1, 2, 3, 16, 0, image-missing",
    "65536, 65536, 3, 16, 6, image-too-large",
    "2147483647, 2147483647, 3, 16, 6, image-too-large"
  })
  void rowsThatDoNotFitTogetherAreErrors(
      int height, int width, int channels, int mode, int length, String kind) {
    RecordException error =
        catchThrowableOfType(
            RecordException.class, () -> decode(height, width, channels, mode, new byte[length]));
    assertThat(error.kind()).isEqualTo(kind);
  }

  @Test
  void missingDataIsAnError() {
    RecordException error =
        catchThrowableOfType(
            RecordException.class, () -> decode(1, 1, 3, OpenCvImage.CV_8UC3, null));
    assertThat(error.kind()).isEqualTo("image-missing");
  }
}
