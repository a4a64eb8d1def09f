package io.sparklrp.attribution;

import io.sparklrp.record.AllLogits;
import io.sparklrp.record.RecordRelevance;
import io.sparklrp.record.RecordTargets;
import io.sparklrp.record.TargetWeights;

/**
 * Start and end logit of each token. The prediction is written {@code span:<i>:<j>}, its index is
 * that of the start, and its probability the product of both.
 */
public final class SpanOutputs implements OutputReading {
  @Override
  public Prediction prediction(RecordRelevance found, RecordTargets asked) {
    float[] start = every(found.logits(), 0);
    float[] end = every(found.logits(), 1);
    int from = new AllLogits(start).highest();
    int to = new AllLogits(end).highest();
    float probability = Probability.SOFTMAX.of(start, from) * Probability.SOFTMAX.of(end, to);
    return new Prediction(
        from, "span:" + from + ":" + to, probability, Prediction.written(found.logits()), null);
  }

  private static float[] every(float[] logits, int offset) {
    float[] part = new float[logits.length / 2];
    for (int i = 0; i < part.length; i++) {
      part[i] = logits[2 * i + offset];
    }
    return part;
  }

  @Override
  public ExplainedTarget target(RecordRelevance found, RecordTargets asked) {
    TargetWeights target = found.target().orElseThrow();
    int first = (int) (target.index()[0] / 2);
    if (target.index().length == 1) {
      return new ExplainedTarget(first, word(target.index()[0]), null, null, found.score());
    }
    int second = (int) (target.index()[1] / 2);
    return target.weight()[1] < 0
        ? new ExplainedTarget(
            first, word(target.index()[0]), second, word(target.index()[1]), found.score())
        : new ExplainedTarget(first, "span:" + first + ":" + second, null, null, found.score());
  }

  private static String word(long output) {
    return (output % 2 == 0 ? "start:" : "end:") + output / 2;
  }
}
