package io.sparklrp.record;

/** A model's outputs for one record: one row of them, or several, one after the other. */
public sealed interface ModelOutputs permits AllLogits, TopLogits {
  /** Whether none of them is NaN or infinite. */
  boolean areFinite();

  /**
   * One row.
   *
   * @param row its number
   * @param size number of outputs of a row
   */
  ModelOutputs row(int row, int size);

  /** The numbers that are kept, to compare them with others. */
  float[] numbers();

  /** Bytes of the numbers. */
  long bytes();
}
