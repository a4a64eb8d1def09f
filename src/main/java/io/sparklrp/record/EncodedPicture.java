package io.sparklrp.record;

/**
 * A picture: its patches, row by row, stand for tokens that are called {@code row,column}.
 *
 * @param pixels the model's input
 * @param patch rows, and columns, of a patch
 */
public record EncodedPicture(PatchPixels pixels, int patch) implements EncodedRecord {
  private int columns() {
    return pixels.width() / patch;
  }

  @Override
  public int length() {
    return pixels.height() / patch * columns();
  }

  @Override
  public long id(int index) {
    return index;
  }

  @Override
  public String token(int index) {
    return index / columns() + "," + index % columns();
  }

  @Override
  public long bytes() {
    return (long) Float.BYTES * pixels.values().length;
  }

  @Override
  public GraphInput input(String name) {
    if (!name.equals("pixel_values")) {
      throw new IllegalArgumentException("A picture has no " + name + ".");
    }
    return new GraphInput.OfShape(
        pixels.values(), pixels.channels(), pixels.height(), pixels.width());
  }
}
