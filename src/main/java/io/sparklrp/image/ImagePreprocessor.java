package io.sparklrp.image;

import io.sparklrp.error.RecordException;

/** Makes a model's input of a picture: resizes, crops, rescales and normalises it. */
public final class ImagePreprocessor {
  private final ImageProcessorConfig config;
  private final Resizer resizer;

  /** A preprocessor that does what a configuration says. */
  public ImagePreprocessor(ImageProcessorConfig config) {
    this.config = config;
    this.resizer = new Resizer(config.resampling());
  }

  /**
   * The input.
   *
   * @throws RecordException if the picture cannot be decoded, or, of the kind {@code
   *     image-too-large}, if the resized picture would be too large: one with a given shorter side
   *     and an extreme aspect ratio
   */
  public ModelImage process(PixelRows image) throws RecordException {
    PixelRows resized = image;
    if (config.targetSize().isPresent()) {
      resized = resizer.resize(image, config.targetSize().get().of(image.size()));
    }
    int top = 0;
    int left = 0;
    RgbImage input;
    if (config.cropSize().isEmpty()) {
      input = RgbImage.of(resized);
    } else {
      CenterCrop crop = new CenterCrop(config.cropSize().get());
      input = crop.crop(resized);
      top = crop.top(resized.size());
      left = crop.left(resized.size());
    }
    return new ModelImage(
        config.normalization().apply(input),
        new Placement(image.size(), resized.size(), top, left, input.size()));
  }
}
