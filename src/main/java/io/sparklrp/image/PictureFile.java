package io.sparklrp.image;

import io.sparklrp.error.RecordException;

/**
 * An image file.
 *
 * @param content its bytes
 */
@SuppressWarnings("ArrayRecordComponent") // of a file's size: not copied
public record PictureFile(byte... content) implements PictureSource {
  @Override
  public PixelRows open(ImageDecoder decoder) throws RecordException {
    return decoder.open(content);
  }

  @Override
  public long bytes() {
    return content.length;
  }

  @Override
  public byte[] stored() {
    return content;
  }
}
