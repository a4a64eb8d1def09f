package io.sparklrp.explain;

import io.sparklrp.record.EncodedPicture;
import io.sparklrp.record.EncodedRecord;
import io.sparklrp.record.PatchPixels;
import java.util.Random;

/**
 * Pictures of noise, the same in every run.
 *
 * @param patch rows, and columns, of a patch
 */
record ProbePictures(int channels, int height, int width, int patch) implements ProbeRecords {
  @Override
  public boolean areOfOneLength() {
    return true;
  }

  @Override
  public EncodedRecord record(int length, int variation) {
    Random random = new Random(variation);
    float[] values = new float[channels * height * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return new EncodedPicture(new PatchPixels(values, channels, height, width), patch);
  }
}
