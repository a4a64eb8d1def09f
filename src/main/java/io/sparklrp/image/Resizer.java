package io.sparklrp.image;

import java.util.Arrays;

/**
 * Resizes pictures as Pillow's {@code Image.resize} does, value by value: along the rows, then
 * along the columns, with 8 bits in between.
 *
 * <p>Since version 13 Pillow begins with the columns where that is less work, and so does this.
 * Where an older one would not, a value may differ: by 1 for bilinear weights, by more for bicubic
 * ones next to black or white, which cut off in between.
 */
final class Resizer {
  private final Resampling resampling;

  Resizer(Resampling resampling) {
    this.resampling = resampling;
  }

  /**
   * A picture in another size. In between it is never larger than both the picture and the result.
   */
  RgbImage resize(RgbImage image, ImageSize to) {
    ImageSize from = image.size();
    if (from.equals(to)) {
      return image;
    }
    if (resampling == Resampling.NEAREST) {
      return nearest(image, to);
    }
    if (columnsFirst(from, to)) {
      return alongRows(alongColumns(image, to.height()), to.width());
    }
    return alongColumns(alongRows(image, to.width()), to.height());
  }

  /** Pillow begins with the columns if they lose more than twice as many pixels as the rows. */
  private static boolean columnsFirst(ImageSize from, ImageSize to) {
    int lost = from.height() - to.height();
    return lost > 0 && lost > 2L * (from.width() - to.width());
  }

  private RgbImage alongRows(RgbImage image, int width) {
    ImageSize from = image.size();
    if (from.width() == width) {
      return image;
    }
    ImageSize to = new ImageSize(from.height(), width);
    ResampleWeights weights = ResampleWeights.of(from.width(), width, resampling);
    byte[] out = RgbImage.room(to);
    for (int row = 0; row < to.height(); row++) {
      int in = row * from.width() * RgbImage.CHANNELS;
      for (int column = 0; column < width; column++) {
        sum(
            image.values(),
            in + weights.first(column) * RgbImage.CHANNELS,
            weights.weights(column),
            out,
            (row * width + column) * RgbImage.CHANNELS);
      }
    }
    return new RgbImage(to, out);
  }

  /** One output pixel: the weighted sums of neighbours in a row. */
  private static void sum(byte[] in, int first, int[] weights, byte[] out, int position) {
    int red = ResampleWeights.HALF;
    int green = ResampleWeights.HALF;
    int blue = ResampleWeights.HALF;
    int i = first;
    for (int weight : weights) {
      red += (in[i] & 0xFF) * weight;
      green += (in[i + 1] & 0xFF) * weight;
      blue += (in[i + 2] & 0xFF) * weight;
      i += RgbImage.CHANNELS;
    }
    out[position] = ResampleWeights.clip(red);
    out[position + 1] = ResampleWeights.clip(green);
    out[position + 2] = ResampleWeights.clip(blue);
  }

  private RgbImage alongColumns(RgbImage image, int height) {
    ImageSize from = image.size();
    if (from.height() == height) {
      return image;
    }
    ImageSize to = new ImageSize(height, from.width());
    ResampleWeights weights = ResampleWeights.of(from.height(), height, resampling);
    int length = from.width() * RgbImage.CHANNELS;
    byte[] out = RgbImage.room(to);
    int[] sums = new int[length];
    for (int row = 0; row < height; row++) {
      sumRows(image.values(), weights.first(row) * length, weights.weights(row), sums);
      for (int i = 0; i < length; i++) {
        out[row * length + i] = ResampleWeights.clip(sums[i]);
      }
    }
    return new RgbImage(to, out);
  }

  /** One output row: the weighted sums of neighbouring rows. */
  private static void sumRows(byte[] in, int first, int[] weights, int[] sums) {
    Arrays.fill(sums, ResampleWeights.HALF);
    int start = first;
    for (int weight : weights) {
      for (int i = 0; i < sums.length; i++) {
        sums[i] += (in[start + i] & 0xFF) * weight;
      }
      start += sums.length;
    }
  }

  private static RgbImage nearest(RgbImage image, ImageSize to) {
    int[] rows = nearest(image.size().height(), to.height());
    int[] columns = nearest(image.size().width(), to.width());
    byte[] out = RgbImage.room(to);
    int position = 0;
    for (int row : rows) {
      for (int column : columns) {
        int in = (row * image.size().width() + column) * RgbImage.CHANNELS;
        System.arraycopy(image.values(), in, out, position, RgbImage.CHANNELS);
        position += RgbImage.CHANNELS;
      }
    }
    return new RgbImage(to, out);
  }

  /** The input position nearest to each output position, added up as Pillow does. */
  private static int[] nearest(int from, int to) {
    double scale = (double) from / to;
    int[] positions = new int[to];
    double position = scale * 0.5;
    for (int i = 0; i < to; i++) {
      positions[i] = Math.min((int) position, from - 1);
      position += scale;
    }
    return positions;
  }
}
