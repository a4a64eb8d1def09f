package io.sparklrp.image;

import io.sparklrp.error.RecordException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What must be known of a BMP file before the JDK's reader may see it.
 *
 * @param size height and width
 * @param bits of a pixel
 * @param isRunLength whether it is compressed, and thus must be decoded as a whole
 */
record BmpHeader(ImageSize size, int bits, boolean isRunLength) {
  private static final int LENGTH = 14;
  private static final int SHORT_LENGTH = 12;
  private static final int WIDTH = 18;
  private static final int SHORT_HEIGHT = 20;
  private static final int HEIGHT = 22;
  private static final int SHORT_BITS = 24;
  private static final int BITS = 28;
  private static final int COMPRESSION = 30;
  private static final int MOST_COMPRESSION = 3;
  private static final int STRIP = 1 << 20;
  private static final int ROWS = 6;

  /**
   * Reads a header, and refuses other formats wrapped in a BMP, which would pass by all that is
   * checked of them, and pictures of too many pixels.
   */
  static BmpHeader read(byte[] file, long mostPixels) throws RecordException {
    ByteBuffer header = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    if (header.getInt(LENGTH) == SHORT_LENGTH) {
      int width = Short.toUnsignedInt(header.getShort(WIDTH));
      int height = Short.toUnsignedInt(header.getShort(SHORT_HEIGHT));
      ImageErrors.checkPixels(height, width, mostPixels);
      return new BmpHeader(new ImageSize(height, width), header.getShort(SHORT_BITS), false);
    }
    // A negative height is of rows from top to bottom.
    long height = Math.abs((long) header.getInt(HEIGHT));
    int width = header.getInt(WIDTH);
    ImageErrors.checkPixels(height, width, mostPixels);
    int compression = header.getInt(COMPRESSION);
    if (compression < 0 || compression > MOST_COMPRESSION) {
      throw ImageErrors.unsupported("a BMP of compression " + compression + " is not supported");
    }
    boolean isRunLength = compression == 1 || compression == 2;
    return new BmpHeader(new ImageSize((int) height, width), header.getShort(BITS), isRunLength);
  }

  /** The picture, which is not decoded yet. */
  CodedPicture picture(byte[] file) {
    return picture(file, STRIP);
  }

  /** The same in strips of so many pixels, where it is not compressed. */
  CodedPicture picture(byte[] file, int strip) {
    JdkReader reader = new JdkReader("bmp", Excerpt.of(file), size);
    long rows = (long) ROWS * RgbImage.CHANNELS * size.width();
    if (isRunLength) {
      return new CodedPicture(size, rows + 2 * size.pixels() + file.length, reader::whole);
    }
    long held = Math.max(strip, size.width()) * (long) Integer.BYTES;
    return new CodedPicture(size, rows + held, sink -> reader.strips(strip, sink));
  }
}
