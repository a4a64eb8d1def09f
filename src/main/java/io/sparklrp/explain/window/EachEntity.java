package io.sparklrp.explain.window;

import io.sparklrp.record.RecordRelevance;
import io.sparklrp.record.RecordTargets;
import io.sparklrp.record.TargetWeights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Every entity, in the one window where it has most context.
 *
 * @param classes number of a token's outputs
 */
public record EachEntity(int classes) implements DocumentRule {
  private static final long serialVersionUID = 1L;

  @Override
  public List<WindowRun> first(EncodedWindows windows, RecordTargets asked) {
    return DocumentRule.all(windows.count(), asked);
  }

  @Override
  public List<RecordRelevance> merge(EncodedWindows windows, WindowResults found) {
    int[] best = windows.bestWindows();
    List<RecordRelevance> results = new ArrayList<>();
    for (int i = 0; i < found.windows(); i++) {
      int window = i;
      for (RecordRelevance result : found.of(window)) {
        TargetWeights own = result.target().orElseThrow();
        TargetWeights target =
            TokenTargets.moved(own, classes, token -> windows.documentToken(window, token));
        if (best[TokenTargets.tokens(target, classes)[0]] == window) {
          int row = TokenTargets.tokens(own, classes)[0] * classes;
          float[] logits = Arrays.copyOfRange(result.logits(), row, row + classes);
          results.add(new DocumentMerge(windows).alone(window, result, logits, target));
        }
      }
    }
    results.sort(Comparator.comparingLong(result -> result.target().orElseThrow().index()[0]));
    return results;
  }
}
