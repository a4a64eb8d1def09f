package io.sparklrp.image;

import io.sparklrp.error.RecordException;
import java.awt.image.BufferedImage;
import java.io.EOFException;
import java.io.IOException;

/**
 * Where the first frame of a GIF lies on the screen. The screen is the picture; a frame may cover
 * only a part of it.
 *
 * @param size the screen's, or what the frame needs if that is more
 * @param frame the frame's
 * @param top the frame's first row
 * @param left the frame's first column
 */
record GifScreen(ImageSize size, ImageSize frame, int top, int left) {
  private static final int SCREEN_WIDTH = 6;
  private static final int SCREEN_HEIGHT = 8;
  private static final int SCREEN_FLAGS = 10;
  private static final int SCREEN_END = 13;
  private static final int HAS_PALETTE = 0x80;
  private static final int PALETTE_BITS = 7;
  private static final int ROWS = 6;

  /**
   * Reads the header up to the first frame.
   *
   * @param mostPixels more are refused
   */
  static GifScreen read(byte[] file, long mostPixels) throws IOException, RecordException {
    int position = SCREEN_END + paletteLength(at(file, SCREEN_FLAGS));
    while (at(file, position) == '!') {
      position += 2;
      while (at(file, position) != 0) {
        position += 1 + at(file, position);
      }
      position++;
    }
    if (at(file, position) != ',') {
      throw new IOException("There is no frame");
    }
    int left = number(file, position + 1);
    int top = number(file, position + 3);
    int width = number(file, position + 5);
    int height = number(file, position + 7);
    int wholeHeight = Math.max(number(file, SCREEN_HEIGHT), top + height);
    int wholeWidth = Math.max(number(file, SCREEN_WIDTH), left + width);
    ImageErrors.checkPixels(wholeHeight, wholeWidth, mostPixels);
    ImageErrors.checkPixels(height, width, mostPixels);
    return new GifScreen(
        new ImageSize(wholeHeight, wholeWidth), new ImageSize(height, width), top, left);
  }

  /** The picture, which is not decoded yet. */
  CodedPicture picture(byte[] file) {
    JdkReader reader = new JdkReader("gif", Excerpt.of(file), frame);
    long row = (long) RgbImage.CHANNELS * size.width();
    return new CodedPicture(size, frame.pixels() + ROWS * row, sink -> place(reader.image(), sink));
  }

  /** Gives the screen's rows with the frame on them. */
  private void place(BufferedImage image, RowSink sink) {
    byte[] background = RasterValues.background(image);
    byte[] empty = new byte[size.width() * RgbImage.CHANNELS];
    for (int i = 0; i < empty.length; i++) {
      empty[i] = background[i % RgbImage.CHANNELS];
    }
    byte[] row = empty.clone();
    RasterValues values = new RasterValues(image.getColorModel(), frame.width());
    for (int y = 0; y < size.height(); y++) {
      boolean isInFrame = y >= top && y < top + frame.height();
      if (isInFrame) {
        byte[] part = values.row(image.getRaster(), y - top);
        System.arraycopy(part, 0, row, left * RgbImage.CHANNELS, part.length);
      }
      sink.row(isInFrame ? row : empty);
    }
  }

  private static int at(byte[] file, int position) throws EOFException {
    if (position >= file.length) {
      throw new EOFException("The header is cut off");
    }
    return file[position] & 0xFF;
  }

  private static int number(byte[] file, int position) throws EOFException {
    return at(file, position) | at(file, position + 1) << 8;
  }

  private static int paletteLength(int flags) {
    return (flags & HAS_PALETTE) == 0 ? 0 : RgbImage.CHANNELS << ((flags & PALETTE_BITS) + 1);
  }
}
