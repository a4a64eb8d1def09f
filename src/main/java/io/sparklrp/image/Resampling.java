package io.sparklrp.image;

import java.util.Arrays;
import java.util.Optional;

/** How values between pixels are found, with Pillow's names and numbers. */
public enum Resampling {
  /** The nearest pixel. */
  NEAREST(0, 0) {
    @Override
    double weight(double distance) {
      throw new UnsupportedOperationException("The nearest pixel has no weight.");
    }
  },

  /** A triangle, one pixel to either side. */
  BILINEAR(2, 1) {
    @Override
    double weight(double distance) {
      double x = Math.abs(distance);
      return x < 1 ? 1 - x : 0;
    }
  },

  /** Keys' cubic convolution with a = -0.5, two pixels to either side. */
  BICUBIC(3, 2) {
    @Override
    double weight(double distance) {
      double x = Math.abs(distance);
      if (x < 1) {
        return ((A + 2) * x - (A + 3)) * x * x + 1;
      }
      return x < 2 ? (((x - 5) * x + 8) * x - 4) * A : 0;
    }
  };

  private static final double A = -0.5;

  private final int code;
  private final int support;

  Resampling(int code, int support) {
    this.code = code;
    this.support = support;
  }

  /** Pillow's number. */
  public int code() {
    return code;
  }

  /** The one of Pillow's numbers, if we have it. */
  static Optional<Resampling> ofCode(int code) {
    return Arrays.stream(values()).filter(value -> value.code == code).findFirst();
  }

  /** How far from its centre the filter reaches, in pixels. */
  int support() {
    return support;
  }

  /** The filter at a distance from its centre, in pixels; not normalised. */
  abstract double weight(double distance);
}
