package io.sparklrp.image;

import java.io.Serializable;

/**
 * What becomes of a pixel's value v from 0 to 255: {@code (v * factor - mean) / std}, in the
 * precision in which Hugging Face's image processors on NumPy calculate it. There are only 256
 * values for each channel, so they are calculated once.
 */
public final class Normalization implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int VALUES = 256;

  private final float[][] table;

  private Normalization(float[][] table) {
    this.table = table;
  }

  /** The values as they are. */
  static Normalization none() {
    return rescale(1);
  }

  /** The values times a factor, multiplied in double precision. */
  static Normalization rescale(double factor) {
    float[][] table = new float[RgbImage.CHANNELS][VALUES];
    for (float[] channel : table) {
      for (int value = 0; value < VALUES; value++) {
        channel[value] = (float) (value * factor);
      }
    }
    return new Normalization(table);
  }

  /** This, then minus the mean and divided by the standard deviation, in single precision. */
  Normalization standardize(double[] mean, double[] deviation) {
    float[][] standardized = new float[RgbImage.CHANNELS][VALUES];
    for (int channel = 0; channel < RgbImage.CHANNELS; channel++) {
      for (int value = 0; value < VALUES; value++) {
        standardized[channel][value] =
            (table[channel][value] - (float) mean[channel]) / (float) deviation[channel];
      }
    }
    return new Normalization(standardized);
  }

  /**
   * One value.
   *
   * @param channel 0 red, 1 green, 2 blue
   * @param value from 0 to 255
   */
  public float apply(int channel, int value) {
    return table[channel][value];
  }

  /** A picture's values, {@code [3, height, width]}. */
  float[] apply(RgbImage image) {
    byte[] in = image.values();
    int pixels = (int) image.size().pixels();
    float[] out = new float[in.length];
    for (int channel = 0; channel < RgbImage.CHANNELS; channel++) {
      for (int i = 0; i < pixels; i++) {
        out[channel * pixels + i] = table[channel][in[i * RgbImage.CHANNELS + channel] & 0xFF];
      }
    }
    return out;
  }
}
