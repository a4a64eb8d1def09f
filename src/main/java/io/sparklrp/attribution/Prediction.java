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

  /** A prediction among outputs; more than {@link #MOST_LOGITS} are left out. */
  static Prediction of(float[] logits, int index, String label, Probability probability) {
    return new Prediction(index, label, probability.of(logits, index), written(logits));
  }

  /** The outputs, if they are few enough to be written. */
  static float[] written(float[] logits) {
    return logits.length > MOST_LOGITS ? null : logits;
  }

  /** Index of the highest; of equal ones the first. */
  static int highest(float[] logits) {
    int best = 0;
    for (int i = 1; i < logits.length; i++) {
      best = logits[i] > logits[best] ? i : best;
    }
    return best;
  }
}
