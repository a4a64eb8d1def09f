package io.sparklrp.image;

import io.sparklrp.error.RecordException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The segments of a JPEG file that its pixels need. Comments, EXIF, thumbnails and colour profiles
 * are left out: Pillow's pixels do not depend on them, and the JDK's reader would convert by the
 * profile and stumble over damaged ones.
 *
 * <p>What the three components mean is said anew, as libjpeg would understand the file: with JFIF's
 * segment they are brightness and two colours, without it Adobe's segment says it, and without
 * either they are red, green and blue only if they are called so.
 */
final class JpegSegments {
  private static final int START = 2;
  private static final int SCAN = 0xDA;
  private static final int FIRST_APPLICATION = 0xE0;
  private static final int ADOBE = 0xEE;
  private static final int LAST_APPLICATION = 0xEF;
  private static final int COMMENT = 0xFE;
  private static final int FIRST_FRAME = 0xC0;
  private static final int PROGRESSIVE_FRAME = 0xC2;
  private static final int LAST_FRAME = 0xCF;
  private static final int COMPONENT = 3;

  /** Encoders make some 10. */
  private static final int MOST_SCANS = 64;

  /** Rows that the JDK's reader and we hold at once, with some room. */
  private static final int ROWS = 6;

  private static final byte[] JFIF = {
    (byte) 0xFF, (byte) FIRST_APPLICATION, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 2, 0, 0, 1, 0, 1, 0, 0
  };

  private final byte[] file;
  private final long mostPixels;
  private final Excerpt kept = new Excerpt();
  private int scans;
  private ImageSize size;
  private int components;
  private long coefficients;
  private boolean isProgressive;
  private byte[] adobe;
  private boolean jfif;
  private boolean namedRgb;
  private boolean framed;

  private JpegSegments(byte[] file, long mostPixels) {
    this.file = file;
    this.mostPixels = mostPixels;
  }

  /**
   * The segments of a file that its pixels need.
   *
   * @param mostPixels more are refused
   */
  static JpegSegments of(byte[] file, long mostPixels) throws IOException, RecordException {
    JpegSegments segments = new JpegSegments(file, mostPixels);
    segments.read();
    return segments;
  }

  /**
   * The picture, which is not decoded yet. Where there are several scans the JDK's reader gives all
   * rows after each of them, and libjpeg holds all coefficients, of two bytes each.
   */
  CodedPicture picture() throws IOException, RecordException {
    if (!framed) {
      throw new IOException("There is no frame");
    }
    JdkReader reader = new JdkReader("jpeg", withScans(), size);
    long rows = (long) ROWS * size.width() * RgbImage.CHANNELS;
    if (!isProgressive && at(scans + 4) >= components) {
      return new CodedPicture(size, rows, 0, reader::rows);
    }
    checkScans();
    long whole = size.pixels() * components;
    return new CodedPicture(size, rows + whole, Short.BYTES * coefficients, reader::whole);
  }

  private void read() throws IOException, RecordException {
    int position = START;
    while (true) {
      position = marker(position);
      int marker = at(position);
      if (marker == SCAN) {
        scans = position - 1;
        return;
      }
      int length = number(position + 1);
      if (length < 2 || position + 1 + length > file.length) {
        throw new IOException("A segment is cut off");
      }
      segment(marker, position - 1, position + 1 + length);
      position += 1 + length;
    }
  }

  /** Each scan is a pass over all pixels, however short it is. */
  private void checkScans() throws RecordException {
    int count = 0;
    for (int i = scans; i < file.length - 1; i++) {
      count += (file[i] & 0xFF) == 0xFF && (file[i + 1] & 0xFF) == SCAN ? 1 : 0;
    }
    if (count > MOST_SCANS) {
      throw ImageErrors.unsupported(
          String.format("a JPEG of %d scans is not supported, only of %d", count, MOST_SCANS));
    }
  }

  /** The position of a marker's second byte; the first one may be repeated. */
  private int marker(int start) throws IOException {
    if (at(start) != 0xFF) {
      throw new IOException("There is no marker");
    }
    int position = start;
    while (at(position) == 0xFF) {
      position++;
    }
    return position;
  }

  private int at(int position) throws IOException {
    if (position >= file.length) {
      throw new IOException("The header is cut off");
    }
    return file[position] & 0xFF;
  }

  private int number(int position) throws IOException {
    return at(position) << 8 | at(position + 1);
  }

  private void segment(int marker, int start, int end) throws IOException, RecordException {
    if (marker == FIRST_APPLICATION) {
      jfif |= isNamed(start, end, "JFIF\0");
    } else if (marker == ADOBE) {
      adobe = isNamed(start, end, "Adobe") ? Arrays.copyOfRange(file, start, end) : adobe;
    } else if (!isAnnotation(marker)) {
      if (isFrame(marker)) {
        frame(marker, start);
      }
      kept.add(file, start, end);
    }
  }

  private boolean isNamed(int start, int end, String name) {
    byte[] wanted = name.getBytes(StandardCharsets.ISO_8859_1);
    int from = start + 4;
    return from + wanted.length <= end
        && Arrays.equals(file, from, from + wanted.length, wanted, 0, wanted.length);
  }

  private static boolean isAnnotation(int marker) {
    return marker == COMMENT || (marker >= FIRST_APPLICATION && marker <= LAST_APPLICATION);
  }

  /** Of these numbers, C4, C8 and CC are no frames. */
  private static boolean isFrame(int marker) {
    return marker == FIRST_FRAME
        || (marker > FIRST_FRAME && marker <= LAST_FRAME && marker % 4 != 0);
  }

  private void frame(int marker, int start) throws IOException, RecordException {
    int bits = at(start + 4);
    components = at(start + 9);
    if (framed) {
      throw new IOException("There are two frames");
    }
    if (marker > PROGRESSIVE_FRAME || bits != 8 || (components != 1 && components != 3)) {
      throw ImageErrors.unsupported(
          String.format(
              "a JPEG of %d components of %d bits (frame %02X) is not supported",
              components, bits, marker));
    }
    ImageErrors.checkPixels(number(start + 5), number(start + 7), mostPixels);
    framed = true;
    isProgressive = marker == PROGRESSIVE_FRAME;
    size = new ImageSize(number(start + 5), number(start + 7));
    coefficients = coefficients(start);
    if (components == 3) {
      namedRgb =
          at(start + 10) == 'R'
              && at(start + 10 + COMPONENT) == 'G'
              && at(start + 10 + 2 * COMPONENT) == 'B';
    }
  }

  /** Of all components: each has so many as it has samples. */
  private long coefficients(int start) throws IOException {
    double sum = 0;
    int most = 1;
    for (int i = 0; i < components; i++) {
      int sampling = at(start + 11 + i * COMPONENT);
      int samples = Math.max(1, (sampling >> 4) * (sampling & 0xF));
      sum += samples;
      most = Math.max(most, samples);
    }
    return (long) (size.pixels() * sum / most);
  }

  private Excerpt withScans() {
    Excerpt out = new Excerpt().add(file, 0, START);
    if (jfif || (adobe == null && !namedRgb)) {
      out.add(JFIF);
    } else if (adobe != null) {
      out.add(adobe);
    }
    return out.add(kept).add(file, scans, file.length);
  }
}
