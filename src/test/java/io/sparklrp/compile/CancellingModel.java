package io.sparklrp.compile;

import io.sparklrp.graph.Tensor;
import io.sparklrp.graph.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/**
 * A classifier that LRP-gamma cannot explain, and other methods can: the halves of its last layer's
 * z' = (W + gamma W+) x cancel but for a millionth of the batch's mean. The outputs hardly feel
 * that millionth; z / z' turns on it.
 */
public final class CancellingModel {
  private static final float MILLIONTH = 1e-6f;
  private static final int HALF = BatchSibling.Parts.HIDDEN * BatchSibling.Parts.CLASSES;
  private static final long SEED = 20;

  private CancellingModel() {}

  /** Writes it, and a tokenizer beside it, for some gamma. */
  public static Path write(Path directory, float gamma) throws IOException {
    BatchSibling.Parts parts = new BatchSibling.Parts(BatchSibling.MASKED_MEAN);
    Value mean = parts.maskedMean(parts.words());
    Value ofBatch = parts.ops.reduceMean("of_batch", mean, true, 0);
    Value little = parts.ops.mul("little", ofBatch, parts.ops.scalar(MILLIONTH));
    Value moved = parts.ops.add("moved", mean, little);
    return parts.write(
        parts.ops.concat("both", 1, List.of(moved, mean)),
        parts.builder.initializer("weights", weights(gamma)),
        directory);
  }

  private static Tensor weights(float gamma) {
    Random random = new Random(SEED);
    float[] weights = new float[2 * HALF];
    for (int i = 0; i < HALF; i++) {
      float favoured = (float) random.nextGaussian();
      weights[i] = weight(favoured, gamma);
      weights[HALF + i] = weight(-favoured, gamma);
    }
    long[] shape = {2L * BatchSibling.Parts.HIDDEN, BatchSibling.Parts.CLASSES};
    return Tensor.floats(shape, weights);
  }

  private static float weight(float favoured, float gamma) {
    return favoured > 0 ? favoured / (1 + gamma) : favoured;
  }
}
