package io.sparklrp.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.error.RecordException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Along one axis; {@link ImagePreprocessorTest} compares with Hugging Face. */
class CenterCropTest {

  @ParameterizedTest
  @CsvSource({
    "5, 5, 12345",
    "5, 3, 234",
    "5, 2, 23",
    "4, 3, 123",
    "2, 4, 0120",
    "2, 5, 00120",
    "1, 4, 0010"
  })
  void oddPixelIsCutAtTheEndAndPaddedAtTheBeginning(int from, int to, String expected)
      throws RecordException {
    byte[] values = new byte[from * RgbImage.CHANNELS];
    for (int i = 0; i < values.length; i++) {
      values[i] = (byte) (1 + i / RgbImage.CHANNELS);
    }
    for (boolean upright : new boolean[] {true, false}) {
      ImageSize size = upright ? new ImageSize(from, 1) : new ImageSize(1, from);
      ImageSize crop = upright ? new ImageSize(to, 1) : new ImageSize(1, to);
      RgbImage out = new CenterCrop(crop).crop(new RgbImage(size, values));
      StringBuilder found = new StringBuilder();
      for (int i = 0; i < to; i++) {
        found.append(upright ? out.value(i, 0, 2) : out.value(0, i, 2));
      }
      assertThat(found).hasToString(expected);
      assertThat(out.size()).isEqualTo(crop);
    }
  }
}
