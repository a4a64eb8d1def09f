package io.sparklrp.explain.window;

import io.sparklrp.error.RecordException;
import io.sparklrp.record.RecordRelevance;
import io.sparklrp.record.RecordTargets;
import io.sparklrp.record.TargetWeights;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Tokens that are asked for by their numbers in the document: only the window that has them with
 * most context is run.
 *
 * @param outputs number of a token's outputs
 */
public record OneWindow(int outputs) implements DocumentRule {
  private static final long serialVersionUID = 1L;

  @Override
  public List<WindowRun> first(EncodedWindows windows, RecordTargets asked) throws RecordException {
    int window = windows.bestWindow(tokens(asked));
    if (window < 0) {
      throw new RecordException(
          "unknown-target", "No window of the document has all tokens that the target names.");
    }
    long[] positions =
        Arrays.stream(asked.positions())
            .map(token -> windows.windowToken(window, (int) token))
            .toArray();
    boolean isByRow = positions.length > 0;
    List<TargetWeights> targets =
        asked.targets().stream()
            .map(target -> isByRow ? target : inWindow(windows, window, target))
            .toList();
    return List.of(new WindowRun(window, new RecordTargets(positions, targets)));
  }

  private int[] tokens(RecordTargets asked) {
    return asked.positions().length > 0
        ? Arrays.stream(asked.positions()).mapToInt(Math::toIntExact).toArray()
        : asked.targets().stream()
            .flatMapToInt(target -> IntStream.of(TokenTargets.tokens(target, outputs)))
            .toArray();
  }

  private TargetWeights inWindow(EncodedWindows windows, int window, TargetWeights target) {
    return TokenTargets.moved(target, outputs, token -> windows.windowToken(window, token));
  }

  @Override
  public List<RecordRelevance> merge(EncodedWindows windows, WindowResults found) {
    int window =
        IntStream.range(0, found.windows())
            .filter(i -> !found.of(i).isEmpty())
            .findFirst()
            .orElseThrow();
    RecordRelevance result = found.of(window).get(0);
    TargetWeights target = result.target().orElse(null);
    DocumentMerge merge = new DocumentMerge(windows);
    if (result.logits().length == outputs) {
      return List.of(merge.alone(window, result, result.logits(), target));
    }
    return List.of(
        merge.alone(
            window,
            result,
            TokenTargets.rows(windows, window, result.logits(), outputs),
            TokenTargets.moved(target, outputs, token -> windows.documentToken(window, token))));
  }
}
