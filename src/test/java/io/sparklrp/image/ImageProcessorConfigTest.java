package io.sparklrp.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.oracle.UserMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageProcessorConfigTest {
  @TempDir Path directory;

  private ImageProcessorConfig read(String json) throws IOException {
    return new ProcessorFiles(directory).config(json);
  }

  private ImageProcessorConfig read(String json, String model) throws IOException {
    return new ProcessorFiles(directory).config(json, model);
  }

  private static ImageSize square(int side) {
    return new ImageSize(side, side);
  }

  private static void assertDefaults(
      ImageProcessorConfig config, ImageSize size, Resampling resampling, ImageSize crop) {
    assertThat(config.targetSize()).contains(new TargetSize.Exact(size));
    assertThat(config.resampling()).isEqualTo(resampling);
    assertThat(config.cropSize().orElse(null)).isEqualTo(crop);
    for (int channel = 0; channel < RgbImage.CHANNELS; channel++) {
      assertThat(config.normalization().apply(channel, 0)).isEqualTo(-1);
      assertThat(config.normalization().apply(channel, 255)).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"image_processor_type\": \"ViTImageProcessor\"}",
        "{\"image_processor_type\": \"ViTImageProcessorFast\", \"crop_size\": null}",
        "{\"image_processor_type\": \"ViTImageProcessorPil\", \"size\": null}",
        "{\"feature_extractor_type\": \"ViTFeatureExtractor\", \"size\": 224, \"resample\": 2}",
        "{\"size\": {\"height\": 224, \"width\": 224}, \"do_convert_rgb\": null}"
      })
  void whatIsLeftOutIsAsInViT(String json) throws IOException {
    assertDefaults(read(json), square(224), Resampling.BILINEAR, null);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"image_processor_type\": \"DeiTImageProcessor\"}",
        "{\"image_processor_type\": \"DeiTImageProcessorFast\"}",
        "{\"feature_extractor_type\": \"DeiTFeatureExtractor\", \"size\": 256, \"crop_size\": 224}"
      })
  void whatIsLeftOutIsAsInDeiT(String json) throws IOException {
    assertDefaults(read(json), square(256), Resampling.BICUBIC, square(224));
  }

  @Test
  void familyOfModelsDecidesWhereTheFileNamesNoClass() throws IOException {
    assertDefaults(
        read("{}", "{\"model_type\": \"deit\"}"), square(256), Resampling.BICUBIC, square(224));
  }

  @Test
  void withoutTheFileTheModelSaysTheSize() throws IOException {
    assertDefaults(
        read(null, "{\"model_type\": \"vit\", \"image_size\": 32}"),
        square(32),
        Resampling.BILINEAR,
        null);
    assertDefaults(
        read(null, "{\"model_type\": \"deit\", \"image_size\": 384}"),
        square(438),
        Resampling.BICUBIC,
        square(384));
    assertDefaults(read(null, "{}"), square(224), Resampling.BILINEAR, null);
  }

  @ParameterizedTest
  @CsvSource({"0, NEAREST", "2, BILINEAR", "3, BICUBIC"})
  void filtersHavePillowsNumbers(int code, Resampling resampling) throws IOException {
    assertThat(read("{\"resample\": " + code + "}").resampling()).isEqualTo(resampling);
  }

  @ParameterizedTest
  @CsvSource({"1, Lanczos", "4, box", "5, Hamming", "17, none of Pillow's"})
  void otherFiltersAreRefusedByName(int code, String name) {
    UserMessage.of(() -> read("{\"resample\": " + code + "}"))
        .contains(ImageProcessorConfig.FILE, name, "bilinear");
  }

  @Test
  void sizesAreReadInAllTheirForms() throws IOException {
    assertThat(read("{\"size\": {\"height\": 3, \"width\": 5}}").outputSize())
        .contains(new ImageSize(3, 5));
    assertThat(read("{\"size\": [3, 5]}").outputSize()).contains(new ImageSize(3, 5));
    assertThat(read("{\"size\": 3}").outputSize()).contains(square(3));
    assertThat(read("{\"size\": {\"shortest_edge\": 3}}").targetSize())
        .contains(new TargetSize.ShortestEdge(3));
    assertThat(read("{\"size\": {\"shortest_edge\": 3}}").outputSize()).isEmpty();
    assertThat(read("{\"do_center_crop\": true, \"crop_size\": 7}").outputSize())
        .contains(square(7));
  }

  @Test
  void stepsCanBeLeftOut() throws IOException {
    ImageProcessorConfig none =
        read(
            "{\"image_processor_type\": \"DeiTImageProcessor\", \"do_resize\": false,"
                + " \"do_center_crop\": false, \"do_rescale\": false, \"do_normalize\": false}");
    assertThat(none.targetSize()).isEmpty();
    assertThat(none.cropSize()).isEmpty();
    assertThat(none.outputSize()).isEmpty();
    assertThat(none.normalization().apply(1, 200)).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"size\": 0}",
        "{\"size\": 5000}",
        "{\"size\": \"224\"}",
        "{\"size\": [3]}",
        "{\"size\": [3, 4.5]}",
        "{\"size\": [3, 0]}",
        "{\"size\": {}}",
        "{\"size\": {\"height\": 3}}",
        "{\"size\": {\"height\": 3, \"width\": -1}}",
        "{\"size\": {\"height\": 3, \"width\": 2000000000}}",
        "{\"size\": {\"shortest_edge\": 3, \"longest_edge\": 9}}",
        "{\"size\": {\"longest_edge\": 9}}",
        "{\"size\": {\"shortest_edge\": 1.5}}",
        "{\"do_center_crop\": true}",
        "{\"do_center_crop\": true, \"crop_size\": {\"shortest_edge\": 3}}",
        "{\"do_center_crop\": \"yes\"}",
        "{\"do_resize\": 1}",
        "{\"do_convert_rgb\": 1}",
        "{\"resample\": -1}",
        "{\"resample\": \"bicubic\"}",
        "{\"rescale_factor\": \"x\"}",
        "{\"image_mean\": [0.5, 0.5]}",
        "{\"image_mean\": [0.5, 0.5, \"x\"]}",
        "{\"image_std\": [0.5, 0.5, 0]}",
        "{\"image_std\": -1}",
        "{\"image_std\": 1e-60}",
        "{\"image_processor_type\": \"CLIPImageProcessor\"}",
        "{\"image_processor_type\": \"ViTHybridImageProcessor\"}",
        "{\"image_processor_type\": 3}",
        "[]",
        "{",
      })
  void badValuesAreTold(String json) {
    UserMessage.of(json, () -> read(json))
        .contains(directory.toString(), ImageProcessorConfig.FILE);
  }

  @Test
  void inputOfAnotherSizeThanTheModelsIsTold() throws IOException {
    read("{\"size\": 32}").checkFeeds(square(32));
    ImageProcessorConfig other = read("{\"size\": 32}");
    UserMessage.of(() -> other.checkFeeds(square(224))).contains("32x32", "224x224");
    ImageProcessorConfig varied = read("{\"size\": {\"shortest_edge\": 32}}");
    UserMessage.of(() -> varied.checkFeeds(square(32))).contains("different sizes");
  }

  /** It goes to the executors. */
  @Test
  void isSerializable() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(read("{\"image_processor_type\": \"DeiTImageProcessor\"}"));
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertDefaults(
          (ImageProcessorConfig) in.readObject(), square(256), Resampling.BICUBIC, square(224));
    }
  }
}
