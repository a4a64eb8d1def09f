package io.sparklrp.explain.window;

import io.sparklrp.record.RecordRelevance;
import io.sparklrp.record.RecordTargets;
import io.sparklrp.record.TargetWeights;
import java.util.Arrays;
import java.util.List;

/**
 * The answer of the window that scores highest, explained there alone. Windows that point into the
 * text go before those that point to a special token, which is how models say that there is no
 * answer.
 */
public record BestSpan() implements DocumentRule {
  private static final long serialVersionUID = 1L;
  private static final int OUTPUTS = 2;

  @Override
  public List<WindowRun> first(EncodedWindows windows, RecordTargets asked) {
    return DocumentRule.all(windows.count(), asked);
  }

  @Override
  public List<RecordRelevance> merge(EncodedWindows windows, WindowResults found) {
    int best = 0;
    for (int window = 1; window < found.windows(); window++) {
      best = isBetter(windows, found, window, best) ? window : best;
    }
    int window = best;
    RecordRelevance result = found.of(window).get(0);
    TargetWeights target = target(windows, found, window);
    float[] logits = TokenTargets.rows(windows, window, result.logits(), OUTPUTS);
    return List.of(new DocumentMerge(windows).alone(window, result, logits, target));
  }

  private static boolean isBetter(EncodedWindows windows, WindowResults found, int a, int b) {
    boolean answers = answers(windows, found, a);
    return answers == answers(windows, found, b)
        ? found.of(a).get(0).score() > found.of(b).get(0).score()
        : answers;
  }

  private static boolean answers(EncodedWindows windows, WindowResults found, int window) {
    int[] tokens = TokenTargets.tokens(target(windows, found, window), OUTPUTS);
    return Arrays.stream(tokens).allMatch(windows::isCut);
  }

  private static TargetWeights target(EncodedWindows windows, WindowResults found, int window) {
    TargetWeights own = found.of(window).get(0).target().orElseThrow();
    return TokenTargets.moved(own, OUTPUTS, token -> windows.documentToken(window, token));
  }
}
