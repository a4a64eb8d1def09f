package io.sparklrp.image;

import java.io.Serializable;

/**
 * Cuts a rectangle out of the middle; where the picture is smaller than it, black pixels surround
 * the picture.
 *
 * @param size height and width of the rectangle
 */
record CenterCrop(ImageSize size) implements Serializable {

  /** The picture's row that is the rectangle's first; negative where black rows come before it. */
  int top(ImageSize image) {
    return start(image.height(), size.height());
  }

  /** The picture's column that is the rectangle's first; negative where black ones come before. */
  int left(ImageSize image) {
    return start(image.width(), size.width());
  }

  /**
   * As Hugging Face's center_crop: an odd pixel too many is cut at the end, one missing comes
   * first.
   */
  private static int start(int image, int crop) {
    return Math.floorDiv(image - crop, 2);
  }

  /** The rectangle. */
  RgbImage crop(RgbImage image) {
    if (image.size().equals(size)) {
      return image;
    }
    int top = top(image.size());
    int left = left(image.size());
    int firstColumn = Math.max(left, 0);
    int columns = Math.min(left + size.width(), image.size().width()) - firstColumn;
    byte[] out = RgbImage.room(size);
    for (int row = Math.max(top, 0);
        row < Math.min(top + size.height(), image.size().height());
        row++) {
      System.arraycopy(
          image.values(),
          (row * image.size().width() + firstColumn) * RgbImage.CHANNELS,
          out,
          ((row - top) * size.width() + firstColumn - left) * RgbImage.CHANNELS,
          columns * RgbImage.CHANNELS);
    }
    return new RgbImage(size, out);
  }
}
