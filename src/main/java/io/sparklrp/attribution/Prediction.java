package io.sparklrp.attribution;

import io.sparklrp.record.AllLogits;
import io.sparklrp.record.ModelOutputs;
import io.sparklrp.record.TopLogits;
import java.util.List;
import java.util.function.IntFunction;

/**
 * What the model said.
 *
 * @param index the output with the highest logit
 * @param label its name
 * @param probability its probability; null for a regression
 * @param logits all outputs; null above {@link #MOST_LOGITS}, and where only a window of a document
 *     has some
 * @param top the highest outputs, where there are too many to write all; null otherwise
 */
@SuppressWarnings("ArrayRecordComponent") // handed straight to a row
public record Prediction(
    int index, String label, Float probability, float[] logits, List<RankedOutput> top) {
  /** More outputs than this are not written out. */
  public static final int MOST_LOGITS = 1000;

  /**
   * A prediction among the outputs of a row; of more than {@link #MOST_LOGITS} only the highest are
   * written.
   *
   * @param labels names of the outputs
   */
  static Prediction of(ModelOutputs row, IntFunction<String> labels, Probability probability) {
    return row instanceof TopLogits top
        ? of(top, labels, probability)
        : of((AllLogits) row, labels, probability);
  }

  private static Prediction of(AllLogits row, IntFunction<String> labels, Probability probability) {
    float[] logits = row.values();
    int index = row.highest();
    List<RankedOutput> top =
        logits.length > MOST_LOGITS ? RankedOutput.highest(logits, labels) : null;
    Float likely = probability.of(logits, index);
    return new Prediction(index, labels.apply(index), likely, written(logits), top);
  }

  private static Prediction of(TopLogits top, IntFunction<String> labels, Probability probability) {
    List<RankedOutput> ranked = RankedOutput.of(top, labels);
    RankedOutput first = ranked.get(0);
    Float likely = probability.ofHighest(first.logit(), top.logSum()[0]);
    return new Prediction(first.index(), first.label(), likely, null, ranked);
  }

  /** The same without the outputs that it was chosen from. */
  public Prediction withoutOutputs() {
    return new Prediction(index, label, probability, null, null);
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
}
