package io.sparklrp.image;

import io.sparklrp.error.RecordException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** What must be known of a BMP file before the JDK's reader may see it. */
final class BmpHeader {
  private static final int LENGTH = 14;
  private static final int SHORT_LENGTH = 12;
  private static final int WIDTH = 18;
  private static final int HEIGHT = 22;
  private static final int COMPRESSION = 30;
  private static final int MOST_COMPRESSION = 3;

  private BmpHeader() {}

  /**
   * Refuses other formats wrapped in a BMP, which would pass by all that is checked of them, and
   * pictures of too many pixels.
   */
  static void check(byte[] file, long mostPixels) throws RecordException {
    ByteBuffer header = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    if (header.getInt(LENGTH) == SHORT_LENGTH) {
      return;
    }
    // A negative height is of rows from top to bottom.
    ImageErrors.checkPixels(
        Math.abs((long) header.getInt(HEIGHT)), header.getInt(WIDTH), mostPixels);
    int compression = header.getInt(COMPRESSION);
    if (compression < 0 || compression > MOST_COMPRESSION) {
      throw ImageErrors.unsupported("a BMP of compression " + compression + " is not supported");
    }
  }
}
