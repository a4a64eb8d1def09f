package io.sparklrp.image;

import io.sparklrp.error.RecordException;
import java.io.IOException;

/**
 * A picture's file whose header was checked, ready to be decoded.
 *
 * @param size height and width
 * @param heap bytes of the heap that are needed while it is decoded, about
 * @param outside bytes outside of the heap
 * @param rows decodes it
 */
record CodedPicture(ImageSize size, long heap, long outside, Rows rows) {

  /** A picture that is decoded in the heap. */
  CodedPicture(ImageSize size, long heap, Rows rows) {
    this(size, heap, 0, rows);
  }

  /** Gives a picture's rows. */
  @FunctionalInterface
  interface Rows {
    void read(RowSink sink) throws IOException, RecordException;
  }
}
