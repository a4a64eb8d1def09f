package io.sparklrp.image;

import io.sparklrp.error.RecordException;
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
  private static final int BIT_DEPTH = 8;
  private static final int COLOR_TYPE = 9;
  private static final int INTERLACE = 12;
  private static final int WITH_PALETTE = 3;

  private static final int[] BANDS = {1, 1, 3, 1, 2, 1, 4};

  /** Rows that the JDK's reader and we hold at once, with some room. */
  private static final int ROWS = 6;

  private final ByteBuffer in;
  private final Excerpt out = new Excerpt();
  private ImageSize size;
  private int bits;
  private int colorType;
  private boolean isInterlaced;

  private PngChunks(byte[] file) {
    this.in = ByteBuffer.wrap(file);
  }

  /**
   * The chunks of a file that its pixels need.
   *
   * @param mostPixels more are refused
   */
  static PngChunks of(byte[] file, long mostPixels) throws IOException, RecordException {
    PngChunks chunks = new PngChunks(file);
    chunks.copy(mostPixels);
    return chunks;
  }

  /** The picture, which is not decoded yet. */
  CodedPicture picture() {
    JdkReader reader = new JdkReader("png", out, size);
    long samples = colorType < BANDS.length ? BANDS[colorType] : 1;
    long rows = (long) ROWS * size.width() * (samples * Math.max(1, bits / Byte.SIZE) + 1);
    return isInterlaced
        ? new CodedPicture(size, rows + size.pixels() * samples, reader::whole)
        : new CodedPicture(size, rows, reader::rows);
  }

  private void copy(long mostPixels) throws IOException, RecordException {
    out.add(in.array(), 0, SIGNATURE);
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
      } else if (type.equals("PLTE") && colorType == WITH_PALETTE && !data) {
        keep(true);
      } else {
        skip();
      }
    }
    out.add(end());
  }

  private void header(long mostPixels) throws IOException, RecordException {
    if (in.remaining() < LENGTH_AND_TYPE + HEADER_LENGTH + CRC
        || !type().equals("IHDR")
        || length() != HEADER_LENGTH) {
      throw ImageErrors.undecodable("the PNG has no header");
    }
    int at = in.position() + LENGTH_AND_TYPE;
    keep(true);
    bits = in.get(at + BIT_DEPTH);
    colorType = in.get(at + COLOR_TYPE);
    isInterlaced = in.get(at + INTERLACE) != 0;
    long width = Integer.toUnsignedLong(in.getInt(at));
    long height = Integer.toUnsignedLong(in.getInt(at + Integer.BYTES));
    ImageErrors.checkPixels(height, width, mostPixels);
    size = new ImageSize((int) height, (int) width);
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
    out.add(in.array(), in.position(), in.position() + whole);
    in.position(in.position() + whole);
  }

  private static byte[] end() {
    CRC32 crc = new CRC32();
    byte[] type = "IEND".getBytes(StandardCharsets.ISO_8859_1);
    crc.update(type);
    ByteBuffer end = ByteBuffer.allocate(LENGTH_AND_TYPE + CRC);
    end.putInt(0).put(type).putInt((int) crc.getValue());
    return end.array();
  }
}
