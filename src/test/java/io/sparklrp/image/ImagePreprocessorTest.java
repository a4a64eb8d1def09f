package io.sparklrp.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sparklrp.error.RecordException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against Hugging Face's image processors on Pillow and NumPy: every value is the same. */
class ImagePreprocessorTest {
  @TempDir Path directory;

  static Stream<Reference.Entry> processed() {
    return Reference.entries("processed");
  }

  private ImagePreprocessor preprocessor(String json) throws IOException {
    return new ImagePreprocessor(new ProcessorFiles(directory).config(json));
  }

  @ParameterizedTest
  @MethodSource("processed")
  void valuesAreHuggingFaces(Reference.Entry entry) throws Exception {
    RgbImage image = new ImageDecoder().decode(entry.file());
    ModelImage out = preprocessor(entry.json("config")).process(image);
    assertThat(out.size()).isEqualTo(entry.size());
    assertThat(out.original()).isEqualTo(image.size());
    float[] expected = new float[out.values().length];
    ByteBuffer.wrap(entry.bytes("values"))
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(expected);
    assertThat(out.values()).isEqualTo(expected);
  }

  @Test
  void extremeAspectRatioIsRefusedBeforeItIsResized() throws Exception {
    ImagePreprocessor preprocessor = preprocessor("{\"size\": {\"shortest_edge\": 224}}");
    ImageSize size = new ImageSize(1, 1_000_000);
    RgbImage strip = new RgbImage(size, RgbImage.room(size));
    RecordException error =
        catchThrowableOfType(RecordException.class, () -> preprocessor.process(strip));
    assertThat(error.kind()).isEqualTo("image-too-large");
    assertThat(error).hasMessageContaining("224");
  }

  /** Every pixel of the input is, by the placement, where it was in the picture. */
  @Test
  void placementFindsWhereThePixelsWere() throws Exception {
    ImageSize size = new ImageSize(40, 60);
    byte[] values = RgbImage.room(size);
    for (int i = 0; i < size.pixels(); i++) {
      values[i * RgbImage.CHANNELS] = (byte) (i / 60);
      values[i * RgbImage.CHANNELS + 1] = (byte) (i % 60);
    }
    ModelImage out =
        preprocessor(
                "{\"size\": {\"shortest_edge\": 20}, \"resample\": 0, \"do_center_crop\": true,"
                    + " \"crop_size\": 16, \"do_rescale\": false, \"do_normalize\": false}")
            .process(new RgbImage(size, values));
    for (int row = 0; row < 16; row++) {
      for (int column = 0; column < 16; column++) {
        assertThat((double) out.values()[row * 16 + column])
            .isEqualTo(Math.floor(out.placement().originalRow(row + 0.5)));
        assertThat((double) out.values()[256 + row * 16 + column])
            .isEqualTo(Math.floor(out.placement().originalColumn(column + 0.5)));
      }
    }
  }
}
