package io.sparklrp.image;

import io.sparklrp.error.RecordException;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * The chunks of a PNG file that its pixels need. All others are left out, so that damaged or
 * malicious ones (a text that inflates to gigabytes, a broken colour profile) change nothing.
 */
final class PngChunks {
  private static final int SIGNATURE = 8;
  private static final int LENGTH_AND_TYPE = 8;
  private static final int CRC = 4;
  private static final int HEADER_LENGTH = 13;
  private static final int COLOR_TYPE = 9;
  private static final int WITH_PALETTE = 3;

  private final ByteBuffer in;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private boolean hasPalette;

  private PngChunks(byte[] file) {
    this.in = ByteBuffer.wrap(file);
  }

  /**
   * The file without what its pixels do not need.
   *
   * @param mostPixels more are refused
   */
  static byte[] essential(byte[] file, long mostPixels) throws IOException, RecordException {
    return new PngChunks(file).copy(mostPixels);
  }

  private byte[] copy(long mostPixels) throws IOException, RecordException {
    out.write(in.array(), 0, SIGNATURE);
    in.position(SIGNATURE);
    header(mostPixels);
    boolean data = false;
    while (in.remaining() >= LENGTH_AND_TYPE) {
      String type = type();
      if (type.equals("IEND")) {
        break;
      }
      if (type.equals("IDAT")) {
        data = true;
        keep(false);
      } else if (type.equals("PLTE") && hasPalette && !data) {
        keep(true);
      } else {
        skip();
      }
    }
    return end();
  }

  private void header(long mostPixels) throws IOException, RecordException {
    if (in.remaining() < LENGTH_AND_TYPE + HEADER_LENGTH + CRC
        || !type().equals("IHDR")
        || length() != HEADER_LENGTH) {
      throw ImageErrors.undecodable("the PNG has no header");
    }
    hasPalette = in.get(in.position() + LENGTH_AND_TYPE + COLOR_TYPE) == WITH_PALETTE;
    int width = in.position() + LENGTH_AND_TYPE;
    keep(true);
    ImageErrors.checkPixels(
        Integer.toUnsignedLong(in.getInt(width + Integer.BYTES)),
        Integer.toUnsignedLong(in.getInt(width)),
        mostPixels);
  }

  private String type() {
    return new String(
        in.array(), in.position() + Integer.BYTES, Integer.BYTES, StandardCharsets.ISO_8859_1);
  }

  private int length() {
    return in.getInt(in.position());
  }

  /** The length of the chunk with all that surrounds it. */
  private int whole() throws EOFException {
    long whole = (length() & 0xFFFFFFFFL) + LENGTH_AND_TYPE + CRC;
    if (whole > in.remaining()) {
      throw new EOFException("A chunk is cut off");
    }
    return (int) whole;
  }

  private void skip() {
    long whole = (length() & 0xFFFFFFFFL) + LENGTH_AND_TYPE + CRC;
    in.position((int) Math.min(in.position() + whole, in.limit()));
  }

  private void keep(boolean checked) throws IOException {
    int whole = whole();
    if (checked) {
      CRC32 crc = new CRC32();
      crc.update(in.array(), in.position() + Integer.BYTES, whole - Integer.BYTES - CRC);
      if ((int) crc.getValue() != in.getInt(in.position() + whole - CRC)) {
        throw new IOException("A chunk is damaged");
      }
    }
    out.write(in.array(), in.position(), whole);
    in.position(in.position() + whole);
  }

  private byte[] end() {
    CRC32 crc = new CRC32();
    byte[] type = "IEND".getBytes(StandardCharsets.ISO_8859_1);
    crc.update(type);
    ByteBuffer end = ByteBuffer.allocate(LENGTH_AND_TYPE + CRC);
    end.putInt(0).put(type).putInt((int) crc.getValue());
    out.writeBytes(end.array());
    return out.toByteArray();
  }
}
