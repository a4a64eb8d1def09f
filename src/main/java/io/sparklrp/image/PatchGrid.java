package io.sparklrp.image;

/**
 * The square patches that a Vision Transformer cuts its input into, and where they lie in the
 * original picture. Patch 0 is at the top left, the next one to its right. Rows and columns of the
 * input that fill no whole patch belong to none, as in the model.
 */
public final class PatchGrid {
  private final Placement placement;
  private final int patchSize;
  private final int rows;
  private final int columns;

  /**
   * A grid.
   *
   * @param placement where the input lies in the picture
   * @param patchSize pixels of the input along a patch's side
   * @throws IllegalArgumentException if no patch fits in the input
   */
  public PatchGrid(Placement placement, int patchSize) {
    ImageSize input = placement.input();
    if (patchSize < 1 || patchSize > input.height() || patchSize > input.width()) {
      throw new IllegalArgumentException("No patch of " + patchSize + " fits in " + input);
    }
    this.placement = placement;
    this.patchSize = patchSize;
    this.rows = input.height() / patchSize;
    this.columns = input.width() / patchSize;
  }

  /** Patches from top to bottom. */
  public int rows() {
    return rows;
  }

  /** Patches from left to right. */
  public int columns() {
    return columns;
  }

  /** All patches. */
  public int patches() {
    return rows * columns;
  }

  /** A patch's rectangle in the original picture, by its number in reading order. */
  public PixelRectangle rectangle(int patch) {
    return rectangle(patch / columns, patch % columns);
  }

  /**
   * A patch's rectangle in the original picture, cut to the picture: what of the patch is padding
   * is in no rectangle.
   *
   * @throws IndexOutOfBoundsException if there is no such patch
   */
  public PixelRectangle rectangle(int row, int column) {
    if (row < 0 || row >= rows || column < 0 || column >= columns) {
      throw new IndexOutOfBoundsException("Patch " + row + ", " + column);
    }
    return new PixelRectangle(
        placement.originalColumn(column * (double) patchSize),
        placement.originalRow(row * (double) patchSize),
        placement.originalColumn((column + 1) * (double) patchSize),
        placement.originalRow((row + 1) * (double) patchSize));
  }
}
