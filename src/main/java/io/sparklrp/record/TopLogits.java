package io.sparklrp.record;

import java.util.Arrays;

/**
 * What is kept of rows of very many outputs, such as a vocabulary's: the highest of each, and what
 * makes probabilities of them.
 *
 * @param index of the highest outputs of each row, highest first; of equal ones the first
 * @param logits of these
 * @param logSumExp of all outputs of each row: NaN or infinite where one of them is NaN or positive
 *     infinity
 */
@SuppressWarnings("ArrayRecordComponent") // handed straight from the engine
public record TopLogits(long[] index, float[] logits, float[] logSumExp) implements ModelOutputs {

  /** How many are kept of each row. */
  public int kept() {
    return index.length / logSumExp.length;
  }

  @Override
  public boolean areFinite() {
    return FiniteNumbers.areAll(logits) && FiniteNumbers.areAll(logSumExp);
  }

  @Override
  public TopLogits row(int row, int size) {
    int from = row * kept();
    int to = from + kept();
    return new TopLogits(
        Arrays.copyOfRange(index, from, to),
        Arrays.copyOfRange(logits, from, to),
        new float[] {logSumExp[row]});
  }

  @Override
  public float[] numbers() {
    float[] all = Arrays.copyOf(logits, logits.length + logSumExp.length);
    System.arraycopy(logSumExp, 0, all, logits.length, logSumExp.length);
    return all;
  }

  @Override
  public long bytes() {
    return (long) index.length * (Long.BYTES + Float.BYTES) + (long) logSumExp.length * Float.BYTES;
  }
}
