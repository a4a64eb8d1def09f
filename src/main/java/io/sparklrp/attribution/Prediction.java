package io.sparklrp.attribution;

/**
 * What the model said.
 *
 * @param index the output with the highest logit
 * @param label its name
 * @param probability its probability; null for a regression
 * @param logits all outputs; null above {@link #MOST_LOGITS}
 */
@SuppressWarnings("ArrayRecordComponent") // handed straight to a row
public record Prediction(int index, String label, Float probability, float[] logits) {
  /** More outputs than this are not written out. */
  public static final int MOST_LOGITS = 1000;
}
