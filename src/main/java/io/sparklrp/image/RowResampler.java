package io.sparklrp.image;

/** Makes rows of one width rows of another: each value is a weighted sum of neighbours. */
final class RowResampler implements RowSink {
  private final ResampleWeights weights;
  private final byte[] out;
  private final RowSink sink;

  RowResampler(int from, int to, Resampling resampling, RowSink sink) {
    this.weights = new ResampleWeights(from, to, resampling);
    this.out = new byte[Math.multiplyExact(to, RgbImage.CHANNELS)];
    this.sink = sink;
  }

  @Override
  public void row(byte[] values) {
    int column = 0;
    for (int position = 0; position < out.length; position += RgbImage.CHANNELS) {
      int first = weights.first(column) * RgbImage.CHANNELS;
      sum(values, first, weights.weights(column), position);
      column++;
    }
    sink.row(out);
  }

  /** One output pixel: the weighted sums of neighbours in a row. */
  private void sum(byte[] in, int first, int[] factors, int position) {
    int red = ResampleWeights.HALF;
    int green = ResampleWeights.HALF;
    int blue = ResampleWeights.HALF;
    int i = first;
    for (int weight : factors) {
      red += (in[i] & 0xFF) * weight;
      green += (in[i + 1] & 0xFF) * weight;
      blue += (in[i + 2] & 0xFF) * weight;
      i += RgbImage.CHANNELS;
    }
    out[position] = ResampleWeights.clip(red);
    out[position + 1] = ResampleWeights.clip(green);
    out[position + 2] = ResampleWeights.clip(blue);
  }
}
