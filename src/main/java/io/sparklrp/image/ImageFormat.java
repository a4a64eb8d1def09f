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
    RgbImage decode(byte[] file, long mostPixels) throws IOException, RecordException {
      return RasterValues.rgb(
          JdkReader.read("png", PngChunks.essential(file, mostPixels), mostPixels));
    }
  },

  /** What everybody calls JPEG. */
  JPEG("\u00ff\u00d8\u00ff") {
    @Override
    RgbImage decode(byte[] file, long mostPixels) throws IOException, RecordException {
      return RasterValues.rgb(
          JdkReader.read("jpeg", JpegSegments.essential(file, mostPixels), mostPixels));
    }
  },

  /** The first frame, at its place on the screen. */
  GIF("GIF8") {
    @Override
    RgbImage decode(byte[] file, long mostPixels) throws IOException, RecordException {
      GifScreen screen = GifScreen.read(file);
      ImageErrors.checkPixels(screen.height(), screen.width(), mostPixels);
      return screen.place(JdkReader.read("gif", file, mostPixels));
    }
  },

  /** Windows bitmap. */
  BMP("BM") {
    @Override
    RgbImage decode(byte[] file, long mostPixels) throws IOException, RecordException {
      BmpHeader.check(file, mostPixels);
      return RasterValues.rgb(JdkReader.read("bmp", file, mostPixels));
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

  /** Decodes a file of this format. */
  abstract RgbImage decode(byte[] file, long mostPixels) throws IOException, RecordException;
}
