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
   * @throws RecordException of the kind {@code image-too-large} if the resized picture would be:
   *     one with a given shorter side and an extreme aspect ratio
   */
  public ModelImage process(RgbImage image) throws RecordException {
    RgbImage resized = image;
    if (config.targetSize().isPresent()) {
      resized = resizer.resize(image, config.targetSize().get().of(image.size()));
    }
    RgbImage input = resized;
    int top = 0;
    int left = 0;
    if (config.cropSize().isPresent()) {
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
