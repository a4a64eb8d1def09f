package io.sparklrp.image;

import io.sparklrp.error.RecordException;
import java.util.Arrays;

/** A picture of red, green and blue values from 0 to 255. Immutable. */
public final class RgbImage implements PixelRows {
  /** Values per pixel. */
  public static final int CHANNELS = 3;

  private final ImageSize size;
  private final byte[] values;

  /**
   * Takes over the values, which nobody may change from now on.
   *
   * @param values {@code [height, width, 3]}
   */
  RgbImage(ImageSize size, byte[] values) {
    if (values.length != size.pixels() * CHANNELS) {
      throw new IllegalArgumentException(size + " pixels do not have " + values.length + " values");
    }
    this.size = size;
    this.values = values;
  }

  /** A picture as a whole. */
  static RgbImage of(PixelRows rows) throws RecordException {
    if (rows instanceof RgbImage image) {
      return image;
    }
    return new CenterCrop(rows.size()).crop(rows);
  }

  /** Room for a picture's values, {@code [height, width, 3]}, all 0. */
  static byte[] room(ImageSize size) {
    return new byte[Math.toIntExact(size.pixels() * CHANNELS)];
  }

  @Override
  public ImageSize size() {
    return size;
  }

  @Override
  public void read(RowSink sink) {
    int length = size.width() * CHANNELS;
    for (int row = 0; row < size.height(); row++) {
      sink.row(Arrays.copyOfRange(values, row * length, (row + 1) * length));
    }
  }

  /**
   * One value, from 0 to 255.
   *
   * @param row from the top
   * @param column from the left
   * @param channel 0 red, 1 green, 2 blue
   */
  public int value(int row, int column, int channel) {
    return values[(row * size.width() + column) * CHANNELS + channel] & 0xFF;
  }

  /** The values, {@code [height, width, 3]}: not a copy, only to be read. */
  byte[] values() {
    return values;
  }
}
