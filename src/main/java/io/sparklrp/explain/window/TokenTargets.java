package io.sparklrp.explain.window;

import io.sparklrp.record.TargetWeights;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/** Targets among outputs that have a row for each token. */
final class TokenTargets {
  private TokenTargets() {}

  /** The tokens whose rows a target reads. */
  static int[] tokens(TargetWeights target, int outputs) {
    return Arrays.stream(target.index()).mapToInt(index -> (int) (index / outputs)).toArray();
  }

  /** The same target with other numbers of its tokens. */
  static TargetWeights moved(TargetWeights target, int outputs, IntUnaryOperator token) {
    long[] index =
        Arrays.stream(target.index())
            .map(i -> (long) token.applyAsInt((int) (i / outputs)) * outputs + i % outputs)
            .toArray();
    return new TargetWeights(index, target.weight());
  }

  /**
   * The rows of a window at their places in the document. Tokens that the window does not have get
   * negative infinity, which is no output.
   */
  static float[] rows(EncodedWindows windows, int window, float[] logits, int outputs) {
    float[] rows = new float[windows.document().length() * outputs];
    Arrays.fill(rows, Float.NEGATIVE_INFINITY);
    for (int i = 0; i < windows.length(window); i++) {
      int at = windows.documentToken(window, i);
      System.arraycopy(logits, i * outputs, rows, at * outputs, outputs);
    }
    return rows;
  }
}
