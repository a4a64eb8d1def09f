package io.sparklrp.image;

import java.awt.image.BufferedImage;
import java.io.IOException;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadUpdateListener;

/** Ends the decoding of a GIF's frame with its last row: codes behind it may go on and on. */
final class Frame implements IIOReadUpdateListener {
  private int missing;

  private Frame(int rows) {
    this.missing = rows;
  }

  /** The first frame. */
  static BufferedImage read(ImageReader reader, int rows) throws IOException {
    reader.addIIOReadUpdateListener(new Frame(rows));
    return reader.read(0);
  }

  @Override
  public void imageUpdate(
      ImageReader source,
      BufferedImage image,
      int x,
      int y,
      int width,
      int height,
      int stepX,
      int stepY,
      int[] bands) {
    missing -= height;
    if (missing <= 0) {
      source.abort();
    }
  }

  @Override
  public void passStarted(
      ImageReader source,
      BufferedImage image,
      int pass,
      int first,
      int last,
      int x,
      int y,
      int stepX,
      int stepY,
      int[] bands) {}

  @Override
  public void passComplete(ImageReader source, BufferedImage image) {}

  @Override
  public void thumbnailPassStarted(
      ImageReader source,
      BufferedImage thumbnail,
      int pass,
      int first,
      int last,
      int x,
      int y,
      int stepX,
      int stepY,
      int[] bands) {}

  @Override
  public void thumbnailUpdate(
      ImageReader source,
      BufferedImage thumbnail,
      int x,
      int y,
      int width,
      int height,
      int stepX,
      int stepY,
      int[] bands) {}

  @Override
  public void thumbnailPassComplete(ImageReader source, BufferedImage thumbnail) {}
}
