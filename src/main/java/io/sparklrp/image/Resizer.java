package io.sparklrp.image;

import io.sparklrp.error.RecordException;

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

  /** A picture in another size, resized whenever its rows are read: neither is ever held whole. */
  PixelRows resize(PixelRows image, ImageSize to) {
    return image.size().equals(to) ? image : new Resized(image, to, resampling);
  }

  /** Pillow begins with the columns if they lose more than twice as many pixels as the rows. */
  private static boolean columnsFirst(ImageSize from, ImageSize to) {
    int lost = from.height() - to.height();
    return lost > 0 && lost > 2L * (from.width() - to.width());
  }

  /** A picture on its way into another size. */
  private record Resized(PixelRows image, ImageSize size, Resampling resampling)
      implements PixelRows {

    @Override
    public void read(RowSink sink) throws RecordException {
      image.read(resampling == Resampling.NEAREST ? nearest(sink) : resampled(sink));
    }

    private RowSink nearest(RowSink sink) {
      return new NearestPixels(image.size(), size, sink);
    }

    private RowSink resampled(RowSink sink) {
      ImageSize from = image.size();
      if (columnsFirst(from, size)) {
        return columns(from.width(), row(sink));
      }
      return row(columns(size.width(), sink));
    }

    private RowSink row(RowSink sink) {
      int from = image.size().width();
      return from == size.width() ? sink : new RowResampler(from, size.width(), resampling, sink);
    }

    private RowSink columns(int width, RowSink sink) {
      int from = image.size().height();
      return from == size.height()
          ? sink
          : new ColumnResampler(from, size.height(), width, resampling, sink);
    }
  }
}
