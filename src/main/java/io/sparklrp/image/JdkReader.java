package io.sparklrp.image;

import io.sparklrp.error.RecordException;
import java.awt.image.BufferedImage;
import java.io.EOFException;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;

/** Decodes with the JDK's readers. */
final class JdkReader {

  private JdkReader() {}

  /**
   * The first picture of a file.
   *
   * @param format the JDK's name of the format
   * @param mostPixels more are refused, before any is decoded
   */
  static BufferedImage read(String format, byte[] file, long mostPixels)
      throws IOException, RecordException {
    ImageReader reader = reader(format);
    try (BytesInputStream input = new BytesInputStream(file)) {
      reader.setInput(input, true, true);
      ImageErrors.checkPixels(reader.getHeight(0), reader.getWidth(0), mostPixels);
      BufferedImage image = reader.read(0);
      if (input.isExhausted()) {
        // Some readers fill up what is missing and only warn of it.
        throw new EOFException("The file is cut off");
      }
      return image;
    } finally {
      reader.dispose();
    }
  }

  private static ImageReader reader(String format) {
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format);
    while (readers.hasNext()) {
      ImageReader reader = readers.next();
      if (reader.getClass().getModule().equals(ImageIO.class.getModule())) {
        return reader;
      }
    }
    throw new IllegalStateException("This JDK does not read " + format);
  }
}
