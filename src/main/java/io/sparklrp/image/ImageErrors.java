package io.sparklrp.image;

import io.sparklrp.error.RecordException;

/** What is told of pictures that cannot be used. Nothing of their data is. */
final class ImageErrors {
  private static final String TOO_LARGE = "image-too-large";
  private static final int MIB = 1 << 20;

  private ImageErrors() {}

  /** There are no bytes. */
  static RecordException missing() {
    return new RecordException("image-missing", "The image is null or has no bytes.");
  }

  /** The bytes are not what they should be. */
  static RecordException undecodable(String why) {
    return new RecordException("image-undecodable", "Cannot decode the image: " + why + ".");
  }

  /** The bytes may be good, but nothing here reads them. */
  static RecordException unsupported(String why) {
    return new RecordException("image-unsupported", "Cannot decode the image: " + why + ".");
  }

  /** The heap is too small for it. */
  static RecordException needsMemory(long bytes, long limit) {
    return new RecordException(
        TOO_LARGE,
        String.format(
            "Cannot decode the image: it takes some %d MiB, more than the %d MiB that may be used for"
                + " it. Give executors more memory.",
            bytes / MIB + 1, limit / MIB));
  }

  /** The heap turned out to be too small for it. */
  static RecordException outOfMemory() {
    return new RecordException(
        TOO_LARGE,
        "Cannot decode the image: there is not enough memory. Give executors more memory.");
  }

  /** It would become too large. */
  static RecordException tooLargeResized(long shorter, long longer, long most) {
    return new RecordException(
        TOO_LARGE,
        String.format(
            "Cannot resize the image to %d by %d pixels: the limit is %d. Cut its longer side.",
            shorter, longer, most));
  }

  /** Refuses sizes that are none, or too large. */
  static void checkPixels(long height, long width, long most) throws RecordException {
    if (height < 1 || width < 1) {
      throw undecodable("it has no pixels");
    }
    if (height > Integer.MAX_VALUE || width > Integer.MAX_VALUE || height * width > most) {
      throw new RecordException(
          TOO_LARGE,
          String.format(
              "Cannot use an image of %dx%d pixels: the limit is %d. Make it smaller, or raise --max-pixels.",
              height, width, most));
    }
  }
}
