package io.sparklrp.image;

import io.sparklrp.error.RecordException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * A small copy of a picture, for a page: made anew of its pixels, so that nothing of the file but
 * these gets there.
 *
 * @param uri the copy's bytes, as a URI of the scheme {@code data}
 * @param size height and width of the picture that it is of
 */
public record Thumbnail(String uri, ImageSize size) {
  /** Pixels of the longer side, at most. */
  private static final int LONGEST = 256;

  /** Up to so many pixels none is lost. */
  private static final int FEW = 64 * 64;

  /**
   * That of a picture.
   *
   * @throws RecordException if it cannot be decoded
   */
  public static Thumbnail of(PixelRows picture) throws RecordException {
    ImageSize to = smaller(picture.size());
    RgbImage small = RgbImage.of(new Resizer(Resampling.BILINEAR).resize(picture, to));
    String format = to.pixels() <= FEW ? "png" : "jpeg";
    String bytes = Base64.getEncoder().encodeToString(written(small, format));
    return new Thumbnail("data:image/" + format + ";base64," + bytes, picture.size());
  }

  private static ImageSize smaller(ImageSize size) {
    double scale = Math.min(1, (double) LONGEST / Math.max(size.height(), size.width()));
    return new ImageSize(
        (int) Math.max(1, Math.round(scale * size.height())),
        (int) Math.max(1, Math.round(scale * size.width())));
  }

  private static byte[] written(RgbImage image, String format) {
    ImageWriter writer = JdkReader.own(ImageIO.getImageWritersByFormatName(format), format);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(pixels(image));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write a picture to memory.", e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private static BufferedImage pixels(RgbImage image) {
    ImageSize size = image.size();
    BufferedImage pixels =
        new BufferedImage(size.width(), size.height(), BufferedImage.TYPE_INT_RGB);
    for (int row = 0; row < size.height(); row++) {
      for (int column = 0; column < size.width(); column++) {
        int rgb = 0;
        for (int channel = 0; channel < RgbImage.CHANNELS; channel++) {
          rgb = rgb << 8 | image.value(row, column, channel);
        }
        pixels.setRGB(column, row, rgb);
      }
    }
    return pixels;
  }
}
