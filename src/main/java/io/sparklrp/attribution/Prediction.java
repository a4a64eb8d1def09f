package io.sparklrp.attribution;

/**
 * What the model said.
 *
 * @param index the output with the highest logit
 * @param label its name
 * @param probability its probability; null for a regression
 * @param logits all outputs; null above {@link #MOST_LOGITS}, and where only a window of a document
 *     has some
 */
@SuppressWarnings("ArrayRecordComponent") // handed straight to a row
public record Prediction(int index, String label, Float probability, float[] logits) {
  /** More outputs than this are not written out. */
  public static final int MOST_LOGITS = 1000;

  /** A prediction among outputs; more than {@link #MOST_LOGITS} are left out. */
  static Prediction of(float[] logits, int index, String label, Probability probability) {
    return new Prediction(index, label, probability.of(logits, index), written(logits));
  }

  /** The outputs, if they are few enough to be written, and every token has its own. */
  static float[] written(float[] logits) {
    return logits.length > MOST_LOGITS || lacksSome(logits) ? null : logits;
  }

  /** Whether tokens have no outputs: those outside the window of a document that was read. */
  private static boolean lacksSome(float... logits) {
    for (float logit : logits) {
      if (logit == Float.NEGATIVE_INFINITY) {
        return true;
      }
    }
    return false;
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
