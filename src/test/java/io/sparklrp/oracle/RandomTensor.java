package io.sparklrp.oracle;

import java.util.Random;

/** Tensors of normally distributed numbers; the same seed makes the same tensor. */
public final class RandomTensor {
  private RandomTensor() {}

  /** A tensor of a shape. */
  public static DoubleTensor of(long seed, int... shape) {
    DoubleTensor tensor = DoubleTensor.zeros(shape);
    Random random = new Random(seed);
    for (int i = 0; i < tensor.data().length; i++) {
      tensor.data()[i] = (float) random.nextGaussian();
    }
    return tensor;
  }
}
