package io.sparklrp.image;

/** Takes the rows of a picture, from the first to the last. */
@FunctionalInterface
public interface RowSink {

  /**
   * The next row.
   *
   * @param values {@code [width, 3]}, red, green and blue; good until this returns
   */
  void row(byte[] values);
}
