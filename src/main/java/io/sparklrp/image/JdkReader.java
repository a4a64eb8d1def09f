package io.sparklrp.image;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.SampleModel;
import java.io.EOFException;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;

/**
 * Decodes the first picture of a file with the JDK's readers, with as little memory as they can.
 */
final class JdkReader {
  private final String format;
  private final Excerpt file;
  private final ImageSize size;

  /**
   * A reader of a file.
   *
   * @param format the JDK's name of the format
   * @param size of the picture as its header says; another is refused before any pixel is decoded
   */
  JdkReader(String format, Excerpt file, ImageSize size) {
    this.format = format;
    this.file = file;
    this.size = size;
  }

  /** What is done with a reader. */
  @FunctionalInterface
  private interface Decoding {
    void run(ImageReader reader) throws IOException;
  }

  /** Row by row: for files that hold their rows in order. */
  void rows(RowSink sink) throws IOException {
    with(reader -> rows(reader, sink));
  }

  /** All at once: for files that hold their rows in another order. */
  void whole(RowSink sink) throws IOException {
    with(reader -> RasterValues.rows(whole(reader), sink));
  }

  /** Strip by strip: for files in which any row is found at once. */
  void strips(int pixels, RowSink sink) throws IOException {
    int rows = Math.max(1, pixels / size.width());
    with(
        reader -> {
          for (int top = 0; top < size.height(); top += rows) {
            int height = Math.min(rows, size.height() - top);
            ImageReadParam strip = reader.getDefaultReadParam();
            strip.setSourceRegion(new Rectangle(0, top, size.width(), height));
            RasterValues.rows(reader.read(0, strip), sink);
          }
        });
  }

  /** The picture, of one sample a pixel. */
  BufferedImage image() throws IOException {
    BufferedImage[] found = {null};
    with(reader -> found[0] = Frame.read(reader, size.height()));
    return found[0];
  }

  private void with(Decoding decoding) throws IOException {
    ImageReader reader = reader(format);
    try (BytesInputStream input = new BytesInputStream(file)) {
      reader.setInput(input, true, true);
      if (reader.getHeight(0) != size.height() || reader.getWidth(0) != size.width()) {
        throw new IOException("Its size is said twice");
      }
      decoding.run(reader);
      if (input.isExhausted()) {
        // Some readers fill up what is missing and only warn of it.
        throw new EOFException("The file is cut off");
      }
    } finally {
      reader.dispose();
    }
  }

  private static ImageReader reader(String format) {
    return own(ImageIO.getImageReadersByFormatName(format), format);
  }

  /** The JDK's own reader or writer, and no plug-in. */
  static <T> T own(Iterator<T> found, String format) {
    while (found.hasNext()) {
      T one = found.next();
      if (one.getClass().getModule().equals(ImageIO.class.getModule())) {
        return one;
      }
    }
    throw new IllegalStateException("This JDK does not read and write " + format);
  }

  private void rows(ImageReader reader, RowSink sink) throws IOException {
    ImageTypeSpecifier type = reader.getImageTypes(0).next();
    SampleModel model = type.getSampleModel(size.width(), 1);
    DataBuffer row = model.createDataBuffer();
    Raster raster = Raster.createWritableRaster(model, row, null);
    RasterValues values = new RasterValues(type.getColorModel(), size.width());
    RowBuffer buffer = new RowBuffer(row, size.height(), () -> sink.row(values.row(raster, 0)));
    read(reader, type, buffer);
    buffer.finish();
  }

  private BufferedImage whole(ImageReader reader) throws IOException {
    ImageTypeSpecifier type = reader.getImageTypes(0).next();
    SampleModel model = type.getSampleModel(size.width(), size.height());
    if (model.getDataType() != DataBuffer.TYPE_USHORT) {
      return reader.read(0);
    }
    int samples = Math.multiplyExact((int) size.pixels(), model.getNumBands());
    boolean cutOff = RasterValues.isCutOff(type.getColorModel());
    return read(reader, type, new NarrowBuffer(samples, cutOff));
  }

  /** Reads into a buffer of ours. */
  private BufferedImage read(ImageReader reader, ImageTypeSpecifier type, DataBuffer buffer)
      throws IOException {
    SampleModel model = type.getSampleModel(size.width(), size.height());
    ColorModel colors = type.getColorModel();
    BufferedImage image =
        new BufferedImage(
            colors,
            Raster.createWritableRaster(model, buffer, null),
            colors.isAlphaPremultiplied(),
            null);
    ImageReadParam param = reader.getDefaultReadParam();
    param.setDestination(image);
    return reader.read(0, param);
  }
}
