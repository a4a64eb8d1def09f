package io.sparklrp.image;

import java.util.Arrays;

/**
 * Makes a picture of one height one of another: each row is a weighted sum of neighbouring rows.
 * Only those rows are held that one sum takes.
 */
final class ColumnResampler implements RowSink {
  private final ResampleWeights weights;
  private final int height;
  private final byte[][] recent;
  private final int[] sums;
  private final byte[] out;
  private final RowSink sink;
  private int read;
  private int written;

  /**
   * A resampler.
   *
   * @param from rows that come
   * @param to rows that go
   * @param width pixels of a row
   */
  ColumnResampler(int from, int to, int width, Resampling resampling, RowSink sink) {
    int length = Math.multiplyExact(width, RgbImage.CHANNELS);
    this.weights = new ResampleWeights(from, to, resampling);
    this.height = to;
    this.recent = new byte[weights.most()][];
    this.sums = new int[length];
    this.out = new byte[length];
    this.sink = sink;
  }

  @Override
  public void row(byte[] values) {
    int place = read % recent.length;
    if (recent[place] == null) {
      recent[place] = values.clone();
    } else {
      System.arraycopy(values, 0, recent[place], 0, values.length);
    }
    read++;
    while (written < height && weights.end(written) <= read) {
      write();
    }
  }

  private void write() {
    Arrays.fill(sums, ResampleWeights.HALF);
    int row = weights.first(written);
    for (int weight : weights.weights(written)) {
      byte[] in = recent[row % recent.length];
      for (int i = 0; i < sums.length; i++) {
        sums[i] += (in[i] & 0xFF) * weight;
      }
      row++;
    }
    for (int i = 0; i < sums.length; i++) {
      out[i] = ResampleWeights.clip(sums[i]);
    }
    written++;
    sink.row(out);
  }
}
