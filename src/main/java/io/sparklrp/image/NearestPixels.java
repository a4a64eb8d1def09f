package io.sparklrp.image;

/** Makes a picture of one size one of another: each pixel is the nearest one. */
final class NearestPixels implements RowSink {
  private final int[] rows;
  private final int[] columns;
  private final byte[] out;
  private final RowSink sink;
  private int read;
  private int written;

  NearestPixels(ImageSize from, ImageSize to, RowSink sink) {
    this.rows = nearest(from.height(), to.height());
    this.columns = nearest(from.width(), to.width());
    this.out = new byte[Math.multiplyExact(to.width(), RgbImage.CHANNELS)];
    this.sink = sink;
  }

  @Override
  public void row(byte[] values) {
    for (; written < rows.length && rows[written] == read; written++) {
      int position = 0;
      for (int column : columns) {
        System.arraycopy(values, column * RgbImage.CHANNELS, out, position, RgbImage.CHANNELS);
        position += RgbImage.CHANNELS;
      }
      sink.row(out);
    }
    read++;
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
