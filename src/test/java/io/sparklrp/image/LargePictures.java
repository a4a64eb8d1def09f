package io.sparklrp.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Small files of large pictures, written without holding them where that is possible. */
final class LargePictures {
  private static final int[] ADAM7_X = {0, 4, 0, 2, 0, 1, 0};
  private static final int[] ADAM7_Y = {0, 0, 4, 0, 2, 0, 1};
  private static final int[] ADAM7_STEP_X = {8, 8, 4, 4, 2, 2, 1};
  private static final int[] ADAM7_STEP_Y = {8, 8, 8, 4, 4, 2, 2};

  private LargePictures() {}

  /** A PNG of zeros. */
  static byte[] png(int height, int width, int bits, int color, boolean interlaced) {
    int bands = new int[] {1, 0, 3, 1, 2, 0, 4}[color];
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes("\u0089PNG\r\n\u001a\n".getBytes(StandardCharsets.ISO_8859_1));
    ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
    header.put((byte) bits).put((byte) color).putShort((short) 0).put((byte) (interlaced ? 1 : 0));
    chunk(out, "IHDR", header.array());
    if (color == 3) {
      chunk(out, "PLTE", new byte[] {9, 8, 7, 6, 5, 4});
    }
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflated = new DeflaterOutputStream(data)) {
      for (int pass = 0; pass < (interlaced ? ADAM7_X.length : 1); pass++) {
        int passWidth = interlaced ? count(width, ADAM7_X[pass], ADAM7_STEP_X[pass]) : width;
        int passHeight = interlaced ? count(height, ADAM7_Y[pass], ADAM7_STEP_Y[pass]) : height;
        byte[] row = new byte[1 + (passWidth * bands * bits + 7) / 8];
        for (int y = 0; y < passHeight && passWidth > 0; y++) {
          deflated.write(row);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    chunk(out, "IDAT", data.toByteArray());
    chunk(out, "IEND", new byte[0]);
    return out.toByteArray();
  }

  private static int count(int length, int start, int step) {
    return Math.max(0, (length - start + step - 1) / step);
  }

  /** A chunk of a PNG. */
  static void chunk(ByteArrayOutputStream out, String type, byte[] content) {
    CRC32 crc = new CRC32();
    crc.update(type.getBytes(StandardCharsets.US_ASCII));
    crc.update(content);
    try (DataOutputStream data = new DataOutputStream(out)) {
      data.writeInt(content.length);
      data.writeBytes(type);
      data.write(content);
      data.writeInt((int) crc.getValue());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the JDK writes of a black picture. */
  static byte[] written(String format, int height, int width, boolean progressive) {
    int type =
        format.equals("gif") ? BufferedImage.TYPE_BYTE_INDEXED : BufferedImage.TYPE_3BYTE_BGR;
    BufferedImage image = new BufferedImage(width, height, type);
    ImageWriter writer = ImageIO.getImageWriters(new ImageTypeSpecifier(image), format).next();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
      writer.setOutput(stream);
      ImageWriteParam param = writer.getDefaultWriteParam();
      if (param.canWriteProgressive()) {
        param.setProgressiveMode(
            progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
      }
      writer.write(null, new IIOImage(image, null, null), param);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }

  /** A BMP of one byte a pixel that ends at once: all pixels are the palette's first. */
  static byte[] runLength(int height, int width) {
    byte[] end = {0, 1};
    return bmp(height, width, 8, 1, end);
  }

  /** A BMP of a palette of two colours, if it has one. */
  static byte[] bmp(int height, int width, int bits, int compression, byte[] data) {
    int palette = bits <= 8 ? 2 : 0;
    int start = 54 + 4 * palette;
    ByteBuffer file = ByteBuffer.allocate(start + data.length).order(ByteOrder.LITTLE_ENDIAN);
    file.put((byte) 'B').put((byte) 'M').putInt(start + data.length).putInt(0).putInt(start);
    file.putInt(40).putInt(width).putInt(height).putShort((short) 1).putShort((short) bits);
    file.putInt(compression).putInt(data.length).putInt(0).putInt(0).putInt(palette).putInt(0);
    if (palette > 0) {
      file.putInt(0x00010203).putInt(0x00FFFFFF);
    }
    return file.put(data).array();
  }
}
