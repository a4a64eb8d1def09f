package io.sparklrp.image;

import io.sparklrp.error.RecordException;
import java.util.Optional;

/**
 * Where the model's input lies in the original picture: the picture was resized, then cropped.
 *
 * @param original the picture's size
 * @param resized its size after resizing
 * @param top the resized picture's row that is the input's first; negative where the input begins
 *     with padding
 * @param left the same for columns
 * @param input the size of the model's input
 */
public record Placement(ImageSize original, ImageSize resized, int top, int left, ImageSize input) {
  /**
   * That of a picture.
   *
   * @param target what it is resized to; empty if it is not
   * @param cropped what is then cut out of its middle; empty if nothing is
   * @throws RecordException if the resized picture would be too large
   */
  static Placement of(ImageSize original, Optional<TargetSize> target, Optional<ImageSize> cropped)
      throws RecordException {
    ImageSize resized = target.isPresent() ? target.get().of(original) : original;
    if (cropped.isEmpty()) {
      return new Placement(original, resized, 0, 0, resized);
    }
    CenterCrop crop = new CenterCrop(cropped.get());
    return new Placement(original, resized, crop.top(resized), crop.left(resized), cropped.get());
  }

  /** The row of the original picture, in pixels from its top, of a row of the input. */
  public double originalRow(double row) {
    return within((row + top) * original.height() / resized.height(), original.height());
  }

  /** The column of the original picture, in pixels from its left, of a column of the input. */
  public double originalColumn(double column) {
    return within((column + left) * original.width() / resized.width(), original.width());
  }

  private static double within(double position, int length) {
    return Math.max(0, Math.min(length, position));
  }
}
