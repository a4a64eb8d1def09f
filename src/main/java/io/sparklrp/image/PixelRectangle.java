package io.sparklrp.image;

/**
 * A rectangle of a picture, in pixels from its top left corner; fractions are parts of pixels.
 *
 * @param x0 left edge
 * @param y0 upper edge
 * @param x1 right edge
 * @param y1 lower edge
 */
public record PixelRectangle(double x0, double y0, double x1, double y1) {

  /** Whether nothing of the picture is in it: a patch of nothing but padding. */
  public boolean isEmpty() {
    return x1 <= x0 || y1 <= y0;
  }
}
