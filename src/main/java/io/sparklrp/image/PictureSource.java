package io.sparklrp.image;

import io.sparklrp.error.RecordException;

/** A picture as it is stored. */
public sealed interface PictureSource permits PictureFile, OpenCvPicture {
  /**
   * Opens the picture, of which no pixel is decoded yet.
   *
   * @throws RecordException if it is none that can be read
   */
  PixelRows open(ImageDecoder decoder) throws RecordException;

  /** Bytes of what is stored. */
  long bytes();

  /** What is stored, of which nothing is changed; empty where that is null. */
  byte[] stored();
}
