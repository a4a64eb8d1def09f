package io.sparklrp.image;

import io.sparklrp.error.RecordException;

/**
 * Rows of Spark's image source: raw bytes in the order of OpenCV, row after row, blue before green
 * before red.
 */
public final class OpenCvImage {
  /** OpenCV's type of one byte per pixel, grey. */
  public static final int CV_8UC1 = 0;

  /** OpenCV's type of three bytes per pixel: blue, green, red. */
  public static final int CV_8UC3 = 16;

  /** OpenCV's type of four bytes per pixel: blue, green, red, opacity. */
  public static final int CV_8UC4 = 24;

  private OpenCvImage() {}

  /**
   * The picture of a row. Opacity is dropped.
   *
   * @param height the row's height
   * @param width the row's width
   * @param channels the row's nChannels
   * @param mode the row's mode, one of OpenCV's types
   * @param data the row's data
   * @param mostPixels the limit
   * @throws RecordException of the kinds {@code image-missing}, {@code image-unsupported} for
   *     another mode, {@code image-too-large}, and {@code image-undecodable} if the numbers do not
   *     fit together
   */
  public static PixelRows open(
      int height, int width, int channels, int mode, byte[] data, long mostPixels)
      throws RecordException {
    if (data == null || data.length == 0) {
      throw ImageErrors.missing();
    }
    if (channels != channelsOf(mode)) {
      throw ImageErrors.undecodable(
          "its mode " + mode + " does not have " + channels + " channels");
    }
    ImageErrors.checkPixels(height, width, mostPixels);
    ImageSize size = new ImageSize(height, width);
    if (data.length != size.pixels() * channels) {
      throw ImageErrors.undecodable(
          String.format(
              "%s pixels of %d channels do not have %d bytes", size, channels, data.length));
    }
    return new Rows(size, channels, data);
  }

  private static int channelsOf(int mode) throws RecordException {
    return switch (mode) {
      case CV_8UC1 -> 1;
      case CV_8UC3 -> 3;
      case CV_8UC4 -> 4;
      default ->
          throw ImageErrors.unsupported(
              "its mode " + mode + " is none of CV_8UC1 (0), CV_8UC3 (16) and CV_8UC4 (24)");
    };
  }

  /** The data with its channels in our order. */
  private static final class Rows implements PixelRows {
    private final ImageSize size;
    private final int channels;
    private final byte[] data;

    Rows(ImageSize size, int channels, byte[] data) {
      this.size = size;
      this.channels = channels;
      this.data = data;
    }

    @Override
    public ImageSize size() {
      return size;
    }

    @Override
    public void read(RowSink sink) {
      byte[] row = new byte[size.width() * RgbImage.CHANNELS];
      int last = channels == 1 ? 0 : RgbImage.CHANNELS - 1;
      int pixel = 0;
      for (int y = 0; y < size.height(); y++) {
        for (int i = 0; i < row.length; i += RgbImage.CHANNELS) {
          row[i] = data[pixel + last];
          row[i + 1] = data[pixel + last / 2];
          row[i + 2] = data[pixel];
          pixel += channels;
        }
        sink.row(row);
      }
    }
  }
}
