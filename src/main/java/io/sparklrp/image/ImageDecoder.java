package io.sparklrp.image;

import io.sparklrp.error.RecordException;
import java.io.IOException;

/**
 * Decodes the bytes of PNG, JPEG, GIF (its first frame) and BMP files as Pillow's {@code
 * Image.open(...).convert("RGB")} does: opacity is dropped, colour profiles and EXIF's orientation
 * are ignored, grey values above 255 of 16 bits are 255, and other values of 16 bits lose their
 * lower 8. Values of a JPEG may differ from Pillow's by a few levels, since the JDK has another
 * version of libjpeg.
 *
 * <p>Only the JDK's own readers are used, never a plug-in that happens to be on the class path, and
 * nothing is cached on disk.
 */
public final class ImageDecoder {
  /** The usual limit: a picture of more pixels is refused before it is decoded. */
  public static final long MOST_PIXELS = 100_000_000;

  private final long mostPixels;

  /** A decoder with the usual limit. */
  public ImageDecoder() {
    this(MOST_PIXELS);
  }

  /**
   * A decoder.
   *
   * @param mostPixels the limit, not above {@link #MOST_PIXELS}
   */
  public ImageDecoder(long mostPixels) {
    if (mostPixels < 1 || mostPixels > MOST_PIXELS) {
      throw new IllegalArgumentException("Not from 1 to " + MOST_PIXELS + ": " + mostPixels);
    }
    this.mostPixels = mostPixels;
  }

  /**
   * Decodes a file.
   *
   * @param file its bytes, or null
   * @throws RecordException of the kinds {@code image-missing} (null or empty), {@code
   *     image-undecodable} (no picture of these formats, damaged or cut off), {@code
   *     image-unsupported} (a picture, but such as CMYK) and {@code image-too-large}
   */
  public RgbImage decode(byte[] file) throws RecordException {
    if (file == null || file.length == 0) {
      throw ImageErrors.missing();
    }
    ImageFormat format = ImageFormat.of(file);
    try {
      return format.decode(file, mostPixels);
    } catch (IOException | RuntimeException e) {
      // The JDK's readers throw all kinds of exceptions at damaged files, with parts of them.
      throw ImageErrors.undecodable("the " + format + " is damaged");
    }
  }
}
