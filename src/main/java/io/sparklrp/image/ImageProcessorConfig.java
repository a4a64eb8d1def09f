package io.sparklrp.image;

import io.sparklrp.checkpoint.ModelConfig;
import io.sparklrp.checkpoint.ModelFiles;
import io.sparklrp.error.UserException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a checkpoint's image processor does with a picture: {@code preprocessor_config.json} of
 * {@code ViTImageProcessor} or {@code DeiTImageProcessor}, or of the feature extractors before
 * them.
 *
 * <p>Pictures are always made red, green and blue as Pillow's {@code convert("RGB")} does, whatever
 * {@code do_convert_rgb} says: a Vision Transformer takes nothing else.
 */
public final class ImageProcessorConfig implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The file's name in a checkpoint. */
  public static final String FILE = ModelFiles.PREPROCESSOR;

  private final TargetSize targetSize;
  private final Resampling resampling;
  private final ImageSize cropSize;
  private final Normalization normalization;

  /**
   * Takes what was read.
   *
   * @param targetSize null if pictures are not resized
   * @param cropSize null if pictures are not cropped
   */
  ImageProcessorConfig(
      TargetSize targetSize,
      Resampling resampling,
      ImageSize cropSize,
      Normalization normalization) {
    this.targetSize = targetSize;
    this.resampling = resampling;
    this.cropSize = cropSize;
    this.normalization = normalization;
  }

  /**
   * Reads a checkpoint's file. What it leaves out is as in Hugging Face's class of its name. If
   * there is no file, all is as in that class but for the size, which is the model's.
   *
   * @param directory the checkpoint
   * @param model its {@code config.json}: the family of models where the file names no class, and
   *     the size where there is no file
   * @throws UserException if the file is not JSON, names a class that is not known here, or a value
   *     is not what it should be
   */
  public static ImageProcessorConfig read(Path directory, ModelConfig model) {
    return ModelConfig.readIfPresent(directory.resolve(FILE))
        .map(file -> new ImageProcessorReader(file, model).read())
        .orElseGet(() -> ProcessorDefaults.ofModel(model).configFor(model));
  }

  /** What pictures are resized to, if they are. */
  public Optional<TargetSize> targetSize() {
    return Optional.ofNullable(targetSize);
  }

  /** How they are resized. */
  public Resampling resampling() {
    return resampling;
  }

  /** What is cut out of their middle after that, if anything is. */
  public Optional<ImageSize> cropSize() {
    return Optional.ofNullable(cropSize);
  }

  /** What then becomes of their values. */
  public Normalization normalization() {
    return normalization;
  }

  /** The size in which every picture comes out, if it is the same for all. */
  public Optional<ImageSize> outputSize() {
    if (cropSize != null) {
      return Optional.of(cropSize);
    }
    return targetSize instanceof TargetSize.Exact exact
        ? Optional.of(exact.size())
        : Optional.empty();
  }

  /**
   * Checks that pictures come out as a model takes them.
   *
   * @throws UserException if they come out in another size, or each in its own
   */
  public void checkFeeds(ImageSize model) {
    Optional<ImageSize> output = outputSize();
    if (output.isEmpty() || !output.get().equals(model)) {
      throw new UserException(
          String.format(
              "Cannot prepare images: %s makes them %s, but the model takes %s."
                  + " Correct size or crop_size in the file.",
              FILE, output.map(ImageSize::toString).orElse("of different sizes"), model));
    }
  }
}
