package io.sparklrp.image;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/**
 * Red, green and blue of the JDK's pictures, from the stored samples: the JDK's own conversion
 * would go through colour spaces, which Pillow does not.
 */
final class RasterValues {
  private static final int BYTE = 8;
  private static final int MOST = 255;

  /** Pixels that are converted at once: the samples of a very long row would take much room. */
  private static final int AT_ONCE = 4096;

  private final int[][] levels;
  private final byte[] out;
  private int[] samples = {};

  /** Values of pictures of a kind. */
  RasterValues(ColorModel model, int width) {
    this.levels = levels(model);
    this.out = new byte[Math.multiplyExact(width, RgbImage.CHANNELS)];
  }

  /** Gives all rows of a picture. */
  static void rows(BufferedImage image, RowSink sink) {
    RasterValues values = new RasterValues(image.getColorModel(), image.getWidth());
    for (int row = 0; row < image.getHeight(); row++) {
      sink.row(values.row(image.getRaster(), row));
    }
  }

  /** A row's values, {@code [width, 3]}, good until the next one is asked for. */
  byte[] row(Raster raster, int row) {
    int bands = raster.getNumBands();
    if (samples.length == 0) {
      samples = new int[Math.min(raster.getWidth(), AT_ONCE) * bands];
    }
    int position = 0;
    for (int x = 0; x < raster.getWidth(); x += AT_ONCE) {
      int count = Math.min(raster.getWidth() - x, AT_ONCE);
      raster.getPixels(raster.getMinX() + x, raster.getMinY() + row, count, 1, samples);
      for (int pixel = 0; pixel < count * bands; pixel += bands) {
        for (int channel = 0; channel < RgbImage.CHANNELS; channel++) {
          int band = bands < RgbImage.CHANNELS ? 0 : channel;
          out[position++] = (byte) levels[channel][samples[pixel + band]];
        }
      }
    }
    return out;
  }

  /** What pixels have that nothing was drawn on: the transparent colour, or the palette's first. */
  static byte[] background(BufferedImage image) {
    byte[] color = new byte[RgbImage.CHANNELS];
    if (image.getColorModel() instanceof IndexColorModel palette) {
      int index = Math.max(palette.getTransparentPixel(), 0);
      color[0] = (byte) palette.getRed(index);
      color[1] = (byte) palette.getGreen(index);
      color[2] = (byte) palette.getBlue(index);
    }
    return color;
  }

  /** Whether a model's large values are cut off at 255. */
  static boolean isCutOff(ColorModel model) {
    return model.getNumColorComponents() == 1 && !model.hasAlpha();
  }

  /** For each channel, what a stored sample stands for, from 0 to 255. */
  private static int[][] levels(ColorModel model) {
    if (model instanceof IndexColorModel palette) {
      return palette(palette);
    }
    boolean grey = model.getNumColorComponents() == 1;
    int[][] levels = new int[RgbImage.CHANNELS][];
    for (int channel = 0; channel < RgbImage.CHANNELS; channel++) {
      int bits = model.getComponentSize(grey ? 0 : channel);
      levels[channel] = bits > BYTE ? wide(bits, isCutOff(model)) : narrow(bits);
    }
    return levels;
  }

  private static int[][] palette(IndexColorModel palette) {
    int[][] levels = new int[RgbImage.CHANNELS][palette.getMapSize()];
    for (int i = 0; i < palette.getMapSize(); i++) {
      levels[0][i] = palette.getRed(i);
      levels[1][i] = palette.getGreen(i);
      levels[2][i] = palette.getBlue(i);
    }
    return levels;
  }

  private static int[] narrow(int bits) {
    int[] levels = new int[1 << bits];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = i * MOST / (levels.length - 1);
    }
    return levels;
  }

  /** Pillow cuts grey without opacity off at 255, and takes the upper 8 bits of all else. */
  private static int[] wide(int bits, boolean cutOff) {
    int[] levels = new int[1 << bits];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = cutOff ? Math.min(i, MOST) : i >> (bits - BYTE);
    }
    return levels;
  }
}
