package io.sparklrp.image;

/** A picture as a model takes it. */
public final class ModelImage {
  private final float[] values;
  private final Placement placement;

  /** Takes over the values. */
  ModelImage(float[] values, Placement placement) {
    this.values = values;
    this.placement = placement;
  }

  /** The normalised values, {@code [3, height, width]}: not a copy. */
  public float[] values() {
    return values;
  }

  /** Height and width of the values. */
  public ImageSize size() {
    return placement.input();
  }

  /** Height and width of the picture as it was. */
  public ImageSize original() {
    return placement.original();
  }

  /** Where the values lie in the picture as it was. */
  public Placement placement() {
    return placement;
  }

  /**
   * The patches that the model cuts the values into.
   *
   * @param patchSize pixels along a patch's side
   */
  public PatchGrid patches(int patchSize) {
    return new PatchGrid(placement, patchSize);
  }
}
