package io.sparklrp.explain.window;

import io.sparklrp.record.RecordRelevance;
import io.sparklrp.record.RecordTargets;
import io.sparklrp.record.TargetWeights;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Classes that are asked for, one or several: the mean of all windows, which are run once. */
public record GivenClasses() implements DocumentRule {
  private static final long serialVersionUID = 1L;

  @Override
  public List<WindowRun> first(EncodedWindows windows, RecordTargets asked) {
    return DocumentRule.all(windows.count(), asked);
  }

  @Override
  public List<RecordRelevance> merge(EncodedWindows windows, WindowResults found) {
    DocumentMerge merge = new DocumentMerge(windows);
    List<RecordRelevance> results = new ArrayList<>();
    for (int i = 0; i < found.of(0).size(); i++) {
      int which = i;
      TargetWeights target = found.of(0).get(i).target().orElse(null);
      results.add(
          merge.mean(
              IntStream.range(0, found.windows())
                  .mapToObj(window -> found.of(window).get(which))
                  .toList(),
              target));
    }
    return results;
  }
}
