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
 * nothing is cached on disk. Pictures are decoded row by row where their format allows it; what the
 * others take is limited to a part of the heap, which all tasks of a process share.
 */
public final class ImageDecoder {
  /** The usual limit: a picture of more pixels is refused before it is decoded. */
  public static final long USUAL_PIXELS = 25_000_000;

  /** The highest limit that can be set. */
  public static final long MOST_PIXELS = 500_000_000;

  private final long mostPixels;
  private final DecodingMemory memory;

  /** A decoder with the usual limit. */
  public ImageDecoder() {
    this(USUAL_PIXELS);
  }

  /**
   * A decoder.
   *
   * @param mostPixels the limit, not above {@link #MOST_PIXELS}
   */
  public ImageDecoder(long mostPixels) {
    this(mostPixels, DecodingMemory.ofProcess());
  }

  ImageDecoder(long mostPixels, DecodingMemory memory) {
    if (mostPixels < 1 || mostPixels > MOST_PIXELS) {
      throw new IllegalArgumentException("Not from 1 to " + MOST_PIXELS + ": " + mostPixels);
    }
    this.mostPixels = mostPixels;
    this.memory = memory;
  }

  /** The limit. */
  long mostPixels() {
    return mostPixels;
  }

  /**
   * A file's picture, which is decoded when its rows are read.
   *
   * @param file its bytes, or null
   * @throws RecordException of the kinds {@code image-missing} (null or empty), {@code
   *     image-undecodable} (no picture of these formats, damaged or cut off), {@code
   *     image-unsupported} (a picture, but such as CMYK) and {@code image-too-large}; reading the
   *     rows throws the same
   */
  public PixelRows open(byte[] file) throws RecordException {
    if (file == null || file.length == 0) {
      throw ImageErrors.missing();
    }
    ImageFormat format = ImageFormat.of(file);
    CodedPicture[] opened = {null};
    guarded(format, () -> opened[0] = format.open(file, mostPixels));
    return new DecodedRows(format, opened[0]);
  }

  /** A file's picture as a whole. */
  RgbImage decode(byte[] file) throws RecordException {
    return RgbImage.of(open(file));
  }

  /** Work on a file of strangers. */
  @FunctionalInterface
  private interface Work {
    void run() throws IOException, RecordException;
  }

  private static void guarded(ImageFormat format, Work work) throws RecordException {
    try {
      work.run();
    } catch (RowBuffer.DisorderException e) {
      throw ImageErrors.unsupported("this Java's reader of " + format + " is not known");
    } catch (IOException | RuntimeException e) {
      // The JDK's readers throw all kinds of exceptions at damaged files, with parts of them.
      throw e.getCause() instanceof OutOfMemoryError
          ? ImageErrors.outOfMemory()
          : ImageErrors.undecodable("the " + format + " is damaged");
    } catch (OutOfMemoryError e) {
      throw ImageErrors.outOfMemory();
    }
  }

  /** A file's rows, decoded anew whenever they are read. */
  private final class DecodedRows implements PixelRows {
    private final ImageFormat format;
    private final CodedPicture picture;

    DecodedRows(ImageFormat format, CodedPicture picture) {
      this.format = format;
      this.picture = picture;
    }

    @Override
    public ImageSize size() {
      return picture.size();
    }

    @Override
    public void read(RowSink sink) throws RecordException {
      DecodingMemory.Part part = memory.take(picture.heap(), picture.outside());
      try {
        guarded(format, () -> picture.rows().read(sink));
      } finally {
        part.giveBack();
      }
    }
  }
}
