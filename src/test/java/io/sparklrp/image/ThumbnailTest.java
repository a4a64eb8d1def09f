package io.sparklrp.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.error.RecordException;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Copies of pictures for pages. */
class ThumbnailTest {
  private static final long SEED = 3;

  private static RgbImage random(ImageSize size) {
    byte[] values = RgbImage.room(size);
    new Random(SEED).nextBytes(values);
    return new RgbImage(size, values);
  }

  private static RgbImage read(String uri, String format) throws RecordException {
    String begin = "data:image/" + format + ";base64,";
    assertThat(uri).startsWith(begin);
    return new ImageDecoder().decode(Base64.getDecoder().decode(uri.substring(begin.length())));
  }

  @Test
  void aSmallPictureIsTheSame() throws RecordException {
    RgbImage picture = random(new ImageSize(28, 30));
    Thumbnail copy = Thumbnail.of(picture);
    assertThat(read(copy.uri(), "png").values()).isEqualTo(picture.values());
    assertThat(copy.size()).isEqualTo(picture.size());
  }

  @Test
  void aLargePictureIsSmallAndKeepsItsShape() throws RecordException {
    ImageSize size = new ImageSize(300, 1200);
    byte[] values = RgbImage.room(size);
    for (int i = 0; i < values.length; i++) {
      values[i] = (byte) (i / RgbImage.CHANNELS % size.width() < 600 ? 200 : 20);
    }
    Thumbnail copy = Thumbnail.of(new RgbImage(size, values));
    RgbImage small = read(copy.uri(), "jpeg");
    assertThat(small.size()).isEqualTo(new ImageSize(64, 256));
    assertThat(small.value(30, 60, 0)).isCloseTo(200, within(4));
    assertThat(small.value(30, 200, 2)).isCloseTo(20, within(4));
    assertThat(copy.size()).isEqualTo(size);
  }

  @Test
  void aStripKeepsAPixelOfItsShorterSide() throws RecordException {
    assertThat(read(Thumbnail.of(random(new ImageSize(1, 2000))).uri(), "png").size())
        .isEqualTo(new ImageSize(1, 256));
  }
}
