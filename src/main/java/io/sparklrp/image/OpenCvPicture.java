package io.sparklrp.image;

import io.sparklrp.error.RecordException;

/**
 * Raw pixels, as Spark's image source stores them; null where a field is.
 *
 * @param mode one of OpenCV's types
 */
@SuppressWarnings("ArrayRecordComponent") // of a picture's size: not copied
public record OpenCvPicture(
    Integer height, Integer width, Integer channels, Integer mode, byte[] data)
    implements PictureSource {
  @Override
  public PixelRows open(ImageDecoder decoder) throws RecordException {
    if (height == null || width == null || channels == null || mode == null || data == null) {
      throw new RecordException("image-undecodable", "A field of the picture is null.");
    }
    return OpenCvImage.open(height, width, channels, mode, data, decoder.mostPixels());
  }

  @Override
  public long bytes() {
    return data == null ? 0 : data.length;
  }

  @Override
  public byte[] stored() {
    return data == null ? new byte[0] : data;
  }
}
