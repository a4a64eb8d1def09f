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
    Placement placement = Placement.of(image.size(), config.targetSize(), config.cropSize());
    PixelRows resized = resizer.resize(image, placement.resized());
    RgbImage input = new CenterCrop(placement.input()).crop(resized);
    return new ModelImage(config.normalization().apply(input), placement);
  }
}
