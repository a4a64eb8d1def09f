package io.sparklrp.image;

import java.io.Serializable;

/**
 * Height and width of a picture.
 *
 * @param height rows of pixels, at least 1
 * @param width pixels in a row, at least 1
 */
public record ImageSize(int height, int width) implements Serializable {

  /** Checks that there is at least one pixel. */
  public ImageSize {
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException("No pixels: " + height + "x" + width);
    }
  }

  /** The number of pixels. */
  public long pixels() {
    return (long) height * width;
  }

  /** Height, then width, such as {@code 224x224}. */
  @Override
  public String toString() {
    return height + "x" + width;
  }
}
