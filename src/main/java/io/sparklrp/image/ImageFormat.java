package io.sparklrp.image;

import io.sparklrp.error.RecordException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The formats of files, known by their first bytes. */
enum ImageFormat {
  /** Portable Network Graphics. */
  PNG("\u0089PNG\r\n\u001a\n") {
    @Override
    CodedPicture open(byte[] file, long mostPixels) throws IOException, RecordException {
      return PngChunks.of(file, mostPixels).picture();
    }
  },

  /** What everybody calls JPEG. */
  JPEG("\u00ff\u00d8\u00ff") {
    @Override
    CodedPicture open(byte[] file, long mostPixels) throws IOException, RecordException {
      return JpegSegments.of(file, mostPixels).picture();
    }
  },

  /** The first frame, at its place on the screen. */
  GIF("GIF8") {
    @Override
    CodedPicture open(byte[] file, long mostPixels) throws IOException, RecordException {
      return GifScreen.read(file, mostPixels).picture(file);
    }
  },

  /** Windows bitmap. */
  BMP("BM") {
    @Override
    CodedPicture open(byte[] file, long mostPixels) throws IOException, RecordException {
      return BmpHeader.read(file, mostPixels).picture(file);
    }
  };

  private final String signature;

  ImageFormat(String signature) {
    this.signature = signature;
  }

  /** The format of a file. */
  static ImageFormat of(byte[] file) throws RecordException {
    return Arrays.stream(values())
        .filter(format -> format.isOf(file))
        .findFirst()
        .orElseThrow(
            () ->
                ImageErrors.undecodable(
                    "its " + file.length + " bytes are no PNG, JPEG, GIF or BMP file"));
  }

  private boolean isOf(byte[] file) {
    int length = Math.min(signature.length(), file.length);
    return new String(file, 0, length, StandardCharsets.ISO_8859_1).equals(signature);
  }

  /**
   * Reads the header of a file of this format, and nothing else.
   *
   * @param mostPixels more are refused
   */
  abstract CodedPicture open(byte[] file, long mostPixels) throws IOException, RecordException;
}
