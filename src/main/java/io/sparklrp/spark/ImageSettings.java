package io.sparklrp.spark;

import io.sparklrp.explain.ProbeRecords;
import io.sparklrp.image.ImageProcessorConfig;
import io.sparklrp.image.ImageSize;
import io.sparklrp.image.RgbImage;
import java.io.Serializable;

/**
 * How pictures become a model's input.
 *
 * @param processor size, cut and normalisation
 * @param patchSize rows, and columns, of a patch
 * @param mostPixels pictures of more are refused
 */
record ImageSettings(ImageProcessorConfig processor, int patchSize, long mostPixels)
    implements Serializable {
  private static final int USUAL = 196;

  /** Patches of a picture. */
  int patches() {
    return processor
        .outputSize()
        .map(size -> (size.height() / patchSize) * (size.width() / patchSize))
        .orElse(USUAL);
  }

  /** Pictures as the model gets them, to try it with. */
  ProbeRecords probes() {
    ImageSize size = processor.outputSize().orElseThrow();
    return ProbeRecords.ofPictures(RgbImage.CHANNELS, size.height(), size.width(), patchSize);
  }
}
