package io.sparklrp.image;

import io.sparklrp.error.RecordException;

/**
 * A picture that is read row by row, so that a large one need never be in memory: decoded, resized
 * and cropped rows are made one after the other.
 */
public interface PixelRows {

  /** Height and width. */
  ImageSize size();

  /**
   * Gives all rows, each time that it is called.
   *
   * @throws RecordException if they cannot be decoded
   */
  void read(RowSink sink) throws RecordException;
}
