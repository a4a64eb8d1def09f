package io.sparklrp.image;

import io.sparklrp.error.RecordException;
import java.io.Serializable;

/** The size that pictures are resized to. */
public sealed interface TargetSize extends Serializable {

  /** Pictures are not resized to more pixels. */
  long MOST_PIXELS = 100_000_000;

  /**
   * The size for one picture.
   *
   * @throws RecordException of the kind {@code image-too-large} if there are too many pixels
   */
  ImageSize of(ImageSize source) throws RecordException;

  /**
   * The same size for all pictures, whatever their aspect ratio.
   *
   * @param size the size
   */
  record Exact(ImageSize size) implements TargetSize {
    @Override
    public ImageSize of(ImageSize source) {
      return size;
    }
  }

  /**
   * The shorter side gets a length, the longer one keeps the aspect ratio.
   *
   * @param length of the shorter side
   */
  record ShortestEdge(int length) implements TargetSize {
    @Override
    public ImageSize of(ImageSize source) throws RecordException {
      int shorter = Math.min(source.height(), source.width());
      int longer = Math.max(source.height(), source.width());
      long scaled = (long) length * longer / shorter;
      if (length * scaled > MOST_PIXELS) {
        throw ImageErrors.tooLargeResized(length, scaled, MOST_PIXELS);
      }
      int other = (int) scaled;
      return source.width() <= source.height()
          ? new ImageSize(other, length)
          : new ImageSize(length, other);
    }
  }
}
