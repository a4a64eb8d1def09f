package io.sparklrp.record;

import java.util.Arrays;

/**
 * What is kept of rows of very many outputs, such as a vocabulary's: the highest of each, and what
 * makes probabilities of them.
 *
 * @param index of the highest outputs of each row, highest first; of equal ones the first
 * @param logits of these
 * @param logSum logarithm of the sum of the exponentials of all outputs of each row, over that of
 *     the highest: NaN where one of them is NaN or positive infinity
 */
@SuppressWarnings("ArrayRecordComponent") // handed straight from the engine
public record TopLogits(long[] index, float[] logits, float[] logSum) implements ModelOutputs {

  /** How many are kept of each row. */
  public int kept() {
    return index.length / logSum.length;
  }

  @Override
  public boolean areFinite() {
    return FiniteNumbers.areAll(logits) && FiniteNumbers.areAll(logSum);
  }

  @Override
  public TopLogits row(int row, int size) {
    int from = row * kept();
    int to = from + kept();
    return new TopLogits(
        Arrays.copyOfRange(index, from, to),
        Arrays.copyOfRange(logits, from, to),
        new float[] {logSum[row]});
  }

  @Override
  public float[] numbers() {
    float[] all = Arrays.copyOf(logits, logits.length + logSum.length);
    System.arraycopy(logSum, 0, all, logits.length, logSum.length);
    return all;
  }

  @Override
  public long bytes() {
    return (long) index.length * (Long.BYTES + Float.BYTES) + (long) logSum.length * Float.BYTES;
  }
}
