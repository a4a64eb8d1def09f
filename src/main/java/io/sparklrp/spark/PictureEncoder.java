package io.sparklrp.spark;

import io.sparklrp.error.RecordException;
import io.sparklrp.explain.TargetResolver;
import io.sparklrp.image.ImageDecoder;
import io.sparklrp.image.ImagePreprocessor;
import io.sparklrp.image.ModelImage;
import io.sparklrp.image.OpenCvImage;
import io.sparklrp.image.PixelRows;
import io.sparklrp.record.EncodedText;
import io.sparklrp.record.PatchPixels;
import org.apache.spark.sql.Row;

/** Decodes a record's picture: the bytes of a file, or a row of Spark's image source. */
final class PictureEncoder implements RecordEncoder {
  private static final int CHANNELS = 3;

  private final ImageDecoder decoder;
  private final long mostPixels;
  private final ImagePreprocessor preprocessor;
  private final int patchSize;
  private final TargetResolver resolver;

  PictureEncoder(ImageSettings settings, TargetResolver resolver) {
    this.mostPixels = settings.mostPixels();
    this.decoder = new ImageDecoder(mostPixels);
    this.preprocessor = new ImagePreprocessor(settings.processor());
    this.patchSize = settings.patchSize();
    this.resolver = resolver;
  }

  @Override
  public void encode(InputRecord record) throws RecordException {
    ModelImage image = preprocessor.process(opened(record.picture()));
    PatchPixels pixels =
        new PatchPixels(image.values(), CHANNELS, image.size().height(), image.size().width());
    EncodedText patches = EncodedText.ofPatches(pixels, patchSize);
    record.setEncoded(patches);
    record.setAsked(resolver.resolve(patches, record.target(), 0));
  }

  private PixelRows opened(Object picture) throws RecordException {
    if (picture instanceof byte[] file) {
      return decoder.open(file);
    }
    Row row = (Row) picture;
    if (row.anyNull()) {
      throw new RecordException("image-undecodable", "A field of the picture is null.");
    }
    return OpenCvImage.open(
        row.<Integer>getAs("height"),
        row.<Integer>getAs("width"),
        row.<Integer>getAs("nChannels"),
        row.<Integer>getAs("mode"),
        row.<byte[]>getAs("data"),
        mostPixels);
  }
}
