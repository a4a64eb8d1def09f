package io.sparklrp.record;

import java.util.Arrays;

/**
 * All logits.
 *
 * @param values row by row
 */
@SuppressWarnings("ArrayRecordComponent") // of a vocabulary's size: not copied
public record AllLogits(float... values) implements ModelOutputs {

  @Override
  public boolean areFinite() {
    return FiniteNumbers.areAll(values);
  }

  @Override
  public AllLogits row(int row, int size) {
    return values.length == size
        ? this
        : new AllLogits(Arrays.copyOfRange(values, row * size, (row + 1) * size));
  }

  @Override
  public float[] numbers() {
    return values;
  }

  @Override
  public long bytes() {
    return (long) values.length * Float.BYTES;
  }
}
