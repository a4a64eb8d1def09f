package io.sparklrp.image;

import io.sparklrp.error.RecordException;

/** What is told of pictures that cannot be used. Nothing of their data is. */
final class ImageErrors {

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

  /** Refuses sizes that are none, or too large. */
  static void checkPixels(long height, long width, long most) throws RecordException {
    if (height < 1 || width < 1) {
      throw undecodable("it has no pixels");
    }
    if (height > Integer.MAX_VALUE || width > Integer.MAX_VALUE || height * width > most) {
      throw new RecordException(
          "image-too-large",
          String.format(
              "Cannot use an image of %dx%d pixels: the limit is %d.", height, width, most));
    }
  }
}
