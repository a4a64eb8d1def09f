package io.sparklrp.image;

import java.awt.image.BufferedImage;
import java.io.EOFException;
import java.io.IOException;

/**
 * Where the first frame of a GIF lies on the screen. The screen is the picture; a frame may cover
 * only a part of it.
 *
 * @param height the screen's, or what the frame needs if that is more
 * @param width the same
 * @param top the frame's first row
 * @param left the frame's first column
 */
record GifScreen(int height, int width, int top, int left) {
  private static final int SCREEN_WIDTH = 6;
  private static final int SCREEN_HEIGHT = 8;
  private static final int SCREEN_FLAGS = 10;
  private static final int SCREEN_END = 13;
  private static final int HAS_PALETTE = 0x80;
  private static final int PALETTE_BITS = 7;

  /** Reads the header up to the first frame. */
  static GifScreen read(byte[] file) throws IOException {
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
    return new GifScreen(
        Math.max(number(file, SCREEN_HEIGHT), top + number(file, position + 7)),
        Math.max(number(file, SCREEN_WIDTH), left + number(file, position + 5)),
        top,
        left);
  }

  /** The screen with the frame on it. */
  RgbImage place(BufferedImage frame) {
    RgbImage part = RasterValues.rgb(frame);
    ImageSize size = new ImageSize(height, width);
    if (part.size().equals(size)) {
      return part;
    }
    byte[] background = RasterValues.background(frame);
    byte[] out = RgbImage.room(size);
    for (int i = 0; i < out.length; i++) {
      out[i] = background[i % RgbImage.CHANNELS];
    }
    int length = part.size().width() * RgbImage.CHANNELS;
    for (int row = 0; row < part.size().height(); row++) {
      int to = ((top + row) * width + left) * RgbImage.CHANNELS;
      System.arraycopy(part.values(), row * length, out, to, length);
    }
    return new RgbImage(size, out);
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
