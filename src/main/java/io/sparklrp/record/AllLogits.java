package io.sparklrp.record;

import java.util.Arrays;

/**
 * All logits.
 *
 * @param values row by row
 */
@SuppressWarnings("ArrayRecordComponent") // of a vocabulary's size: not copied
public record AllLogits(float... values) implements ModelOutputs {

  /**
   * Index of the highest among some, counted from the first of them; of equal ones the first.
   *
   * @param from the first
   * @param count how many, at least one
   */
  public int highest(int from, int count) {
    int best = from;
    for (int i = from + 1; i < from + count; i++) {
      best = values[i] > values[best] ? i : best;
    }
    return best - from;
  }

  /** Index of the highest of all; of equal ones the first. */
  public int highest() {
    return highest(0, values.length);
  }

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
