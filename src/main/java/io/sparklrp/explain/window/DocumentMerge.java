package io.sparklrp.explain.window;

import io.sparklrp.record.AllLogits;
import io.sparklrp.record.RecordRelevance;
import io.sparklrp.record.TargetWeights;
import java.util.List;
import java.util.Optional;

/** Makes one result of a document's windows, with the document's tokens. */
final class DocumentMerge {
  private final EncodedWindows windows;

  DocumentMerge(EncodedWindows windows) {
    this.windows = windows;
  }

  /** The mean of several rows of outputs. */
  static float[] meanLogits(List<RecordRelevance> found) {
    double[] sum = new double[found.get(0).logits().length];
    for (RecordRelevance one : found) {
      float[] logits = one.logits();
      for (int i = 0; i < sum.length; i++) {
        sum[i] += logits[i];
      }
    }
    return means(sum, found.size());
  }

  private static float[] means(double[] sum, int count) {
    float[] means = new float[sum.length];
    for (int i = 0; i < means.length; i++) {
      means[i] = (float) (sum[i] / count);
    }
    return means;
  }

  /**
   * The mean over all windows: of the score, of every entry of the ledger, and of the relevance of
   * each token, which is 0 in windows that do not have it.
   *
   * @param found of each window, of the same target
   * @param target what that is
   */
  RecordRelevance mean(List<RecordRelevance> found, TargetWeights target) {
    double[] relevance = new double[windows.document().length()];
    double[] bias = new double[relevance.length];
    boolean hasBias = found.get(0).bias().isPresent();
    double[] ledger = new double[found.get(0).ledgerSize()];
    double score = 0;
    for (int window = 0; window < found.size(); window++) {
      RecordRelevance one = found.get(window);
      score += one.score();
      for (int i = 0; i < one.tokens(); i++) {
        relevance[windows.documentToken(window, i)] += one.relevance(i);
        bias[windows.documentToken(window, i)] += hasBias ? one.bias().orElseThrow()[i] : 0;
      }
      for (int entry = 0; entry < ledger.length; entry++) {
        ledger[entry] += one.ledger(entry);
      }
    }
    int count = found.size();
    AllLogits logits = new AllLogits(meanLogits(found));
    return new RecordRelevance(
            logits,
            logits.highest(),
            target,
            (float) (score / count),
            means(relevance, count),
            means(ledger, count))
        .withBias(hasBias ? Optional.of(means(bias, count)) : Optional.empty());
  }

  /**
   * What one window says alone: tokens that it does not have are 0.
   *
   * @param logits the outputs to say
   * @param target what was explained, by the document's tokens
   */
  RecordRelevance alone(int window, RecordRelevance found, float[] logits, TargetWeights target) {
    float[] relevance = ofDocument(window, found.numbers());
    float[] ledger = new float[found.ledgerSize()];
    for (int entry = 0; entry < ledger.length; entry++) {
      ledger[entry] = (float) found.ledger(entry);
    }
    return new RecordRelevance(
            new AllLogits(logits),
            found.predicted(),
            target,
            (float) found.score(),
            relevance,
            ledger)
        .withBias(found.bias().map(bias -> ofDocument(window, bias)));
  }

  /** Numbers of a window's tokens as those of the document's. */
  private float[] ofDocument(int window, float... numbers) {
    float[] all = new float[windows.document().length()];
    for (int i = 0; i < numbers.length; i++) {
      all[windows.documentToken(window, i)] = numbers[i];
    }
    return all;
  }
}
