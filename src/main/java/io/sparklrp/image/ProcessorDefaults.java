package io.sparklrp.image;

import io.sparklrp.checkpoint.ModelConfig;
import io.sparklrp.error.UserException;
import java.util.Arrays;
import java.util.Optional;

/** What Hugging Face's image processors do where their file leaves it open. */
enum ProcessorDefaults {
  /** {@code ViTImageProcessor}: resizes to a square. */
  VIT("ViT", 224, Resampling.BILINEAR, 0),

  /** {@code DeiTImageProcessor}: resizes to a square and cuts off its edges. */
  DEIT("DeiT", 256, Resampling.BICUBIC, 224);

  private static final int USUAL_IMAGE_SIZE = 224;

  private final String family;
  private final int size;
  private final Resampling resampling;
  private final int cropSize;

  ProcessorDefaults(String family, int size, Resampling resampling, int cropSize) {
    this.family = family;
    this.size = size;
    this.resampling = resampling;
    this.cropSize = cropSize;
  }

  /** Those of a model whose processor has no name. */
  static ProcessorDefaults ofModel(ModelConfig model) {
    return model.text("model_type", "vit").equals("deit") ? DEIT : VIT;
  }

  /**
   * Those of the class that a file names, by its newer or its older key, if it names any.
   *
   * @throws UserException if it names another class
   */
  static Optional<ProcessorDefaults> ofFile(ModelConfig file) {
    String name = file.text("image_processor_type", file.text("feature_extractor_type", ""));
    if (name.isEmpty()) {
      return Optional.empty();
    }
    Optional<ProcessorDefaults> known =
        Arrays.stream(values()).filter(defaults -> defaults.isNamed(name)).findFirst();
    if (known.isEmpty()) {
      throw new UserException(
          String.format(
              "Cannot read %s: the image processor %s is not supported."
                  + " Give a model with a ViTImageProcessor or a DeiTImageProcessor.",
              file.file(), name));
    }
    return known;
  }

  private boolean isNamed(String name) {
    return name.equals(family + "FeatureExtractor")
        || name.equals(family + "ImageProcessor")
        || name.equals(family + "ImageProcessorFast")
        || name.equals(family + "ImageProcessorPil");
  }

  /** All of them, for the size of a model's input. */
  ImageProcessorConfig configFor(ModelConfig model) {
    int input = ImageProcessorReader.side(model, "image_size", USUAL_IMAGE_SIZE);
    int resized = crops() ? Math.toIntExact((long) input * size / cropSize) : input;
    return new ImageProcessorConfig(
        new TargetSize.Exact(new ImageSize(resized, resized)),
        resampling,
        crops() ? new ImageSize(input, input) : null,
        Normalization.rescale(ImageProcessorReader.RESCALE_FACTOR)
            .standardize(ImageProcessorReader.standard(), ImageProcessorReader.standard()));
  }

  /** Height and width that pictures are resized to. */
  int size() {
    return size;
  }

  /** How they are resized. */
  Resampling resampling() {
    return resampling;
  }

  /** Whether they are cropped. */
  boolean crops() {
    return cropSize > 0;
  }

  /** Height and width that they are cropped to; 0 where nothing is said of it. */
  int cropSize() {
    return cropSize;
  }
}
