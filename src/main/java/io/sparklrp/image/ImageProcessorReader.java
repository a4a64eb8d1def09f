package io.sparklrp.image;

import io.sparklrp.checkpoint.ModelConfig;
import io.sparklrp.error.UserException;

/** Reads {@code preprocessor_config.json}, of today's layout or an older one. */
final class ImageProcessorReader {
  /** What brings a value from 0 to 255 between 0 and 1. */
  static final double RESCALE_FACTOR = 1 / 255.0;

  /** No Vision Transformer takes more; a larger number is a mistake that would fill the memory. */
  private static final int LONGEST_SIDE = 4096;

  private static final double STANDARD = 0.5;

  private final ModelConfig file;
  private final ProcessorDefaults defaults;

  ImageProcessorReader(ModelConfig file, ModelConfig model) {
    this.file = file;
    this.defaults =
        ProcessorDefaults.ofFile(file).orElseGet(() -> ProcessorDefaults.ofModel(model));
  }

  /** Hugging Face's mean and standard deviation of all channels: values between -1 and 1. */
  static double[] standard() {
    return new double[] {STANDARD, STANDARD, STANDARD};
  }

  ImageProcessorConfig read() {
    file.bool("do_convert_rgb", true);
    return new ImageProcessorConfig(
        file.bool("do_resize", true) ? targetSize() : null,
        resampling(),
        file.bool("do_center_crop", defaults.crops()) ? cropSize() : null,
        normalization());
  }

  private TargetSize targetSize() {
    if (file.section("size").filter(size -> size.has("shortest_edge")).isPresent()) {
      ModelConfig size = file.section("size").get();
      if (size.has("longest_edge") || size.has("height") || size.has("width")) {
        throw wrong("size", "of shortest_edge alone");
      }
      return new TargetSize.ShortestEdge(side(size, "shortest_edge", 0));
    }
    return new TargetSize.Exact(size("size", defaults.size()));
  }

  private ImageSize cropSize() {
    if (!file.has("crop_size") && defaults.cropSize() == 0) {
      throw wrong("crop_size", "there, though do_center_crop is true");
    }
    return size("crop_size", defaults.cropSize());
  }

  /** A number, height and width by name, or a list of them. */
  private ImageSize size(String key, int absent) {
    if (file.isList(key)) {
      double[] sides = file.decimals(key, 0, 0);
      return new ImageSize(whole(key, sides[0]), whole(key, sides[1]));
    }
    if (file.section(key).isEmpty()) {
      int side = side(file, key, absent);
      return new ImageSize(side, side);
    }
    ModelConfig section = file.section(key).get();
    if (!section.has("height") || !section.has("width")) {
      throw wrong(key, "a whole number, or one with height and width or with shortest_edge");
    }
    return new ImageSize(side(section, "height", 0), side(section, "width", 0));
  }

  private int whole(String key, double side) {
    if (side != Math.rint(side) || side < 1 || side > LONGEST_SIDE) {
      throw wrong(key, "two whole numbers from 1 to " + LONGEST_SIDE);
    }
    return (int) side;
  }

  /** One side's length in pixels. */
  static int side(ModelConfig section, String key, int absent) {
    int side = section.integer(key, absent);
    if (side > LONGEST_SIDE) {
      throw wrong(section, key, "at most " + LONGEST_SIDE);
    }
    return side;
  }

  private Resampling resampling() {
    int code = file.count("resample", defaults.resampling().code());
    return Resampling.ofCode(code)
        .orElseThrow(
            () ->
                new UserException(
                    String.format(
                        "Cannot read %s: resample %d (%s) is not supported."
                            + " Use 0 (nearest), 2 (bilinear) or 3 (bicubic).",
                        file.file(), code, nameOf(code))));
  }

  private static String nameOf(int code) {
    return switch (code) {
      case 1 -> "Lanczos";
      case 4 -> "box";
      case 5 -> "Hamming";
      default -> "none of Pillow's filters";
    };
  }

  private Normalization normalization() {
    Normalization values = Normalization.none();
    if (file.bool("do_rescale", true)) {
      values = Normalization.rescale(file.decimal("rescale_factor", RESCALE_FACTOR));
    }
    if (!file.bool("do_normalize", true)) {
      return values;
    }
    double[] deviation = file.decimals("image_std", standard());
    for (double channel : deviation) {
      if (!((float) channel > 0)) {
        throw wrong("image_std", "greater than 0");
      }
    }
    return values.standardize(file.decimals("image_mean", standard()), deviation);
  }

  private UserException wrong(String key, String wanted) {
    return wrong(file, key, wanted);
  }

  private static UserException wrong(ModelConfig file, String key, String wanted) {
    return new UserException(
        String.format("Cannot read %s: %s is not %s. Correct the file.", file.file(), key, wanted));
  }
}
