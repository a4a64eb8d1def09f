package io.sparklrp.image;

import io.sparklrp.error.RecordException;
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
  RgbImage crop(PixelRows image) throws RecordException {
    if (image instanceof RgbImage whole && whole.size().equals(size)) {
      return whole;
    }
    CroppedRows rows = new CroppedRows(image.size());
    image.read(rows);
    return new RgbImage(size, rows.out);
  }

  /** Keeps what of each row lies in the rectangle. */
  private final class CroppedRows implements RowSink {
    private final byte[] out = RgbImage.room(size);
    private final int firstColumn;
    private final int columns;
    private final int indent;
    private int row;

    CroppedRows(ImageSize image) {
      int left = left(image);
      this.firstColumn = Math.max(left, 0);
      this.columns = Math.min(left + size.width(), image.width()) - firstColumn;
      this.indent = firstColumn - left;
      this.row = -top(image);
    }

    @Override
    public void row(byte[] values) {
      if (row >= 0 && row < size.height()) {
        System.arraycopy(
            values,
            firstColumn * RgbImage.CHANNELS,
            out,
            (row * size.width() + indent) * RgbImage.CHANNELS,
            columns * RgbImage.CHANNELS);
      }
      row++;
    }
  }
}
