package io.sparklrp.explain.window;

import io.sparklrp.record.RecordRelevance;
import io.sparklrp.record.RecordTargets;
import io.sparklrp.record.TargetWeights;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The classes with the highest mean outputs. Each window first explains its own highest classes;
 * only those that lack one of the document's are run again, with the document's.
 *
 * @param count how many, at most as many as the model has
 */
public record HighestClasses(int count) implements DocumentRule {
  private static final long serialVersionUID = 1L;

  @Override
  public List<WindowRun> first(EncodedWindows windows, RecordTargets asked) {
    List<TargetWeights> chosen = Collections.nCopies(count, TargetWeights.CHOSEN);
    return DocumentRule.all(windows.count(), new RecordTargets(new long[0], chosen));
  }

  @Override
  public List<WindowRun> again(WindowResults found) {
    List<Integer> classes = classes(found);
    RecordTargets given =
        new RecordTargets(new long[0], classes.stream().map(TargetWeights::of).toList());
    return IntStream.range(0, found.windows())
        .filter(window -> classes.stream().anyMatch(c -> result(found, window, c).isEmpty()))
        .mapToObj(window -> new WindowRun(window, given))
        .toList();
  }

  @Override
  public List<RecordRelevance> merge(EncodedWindows windows, WindowResults found) {
    DocumentMerge merge = new DocumentMerge(windows);
    return classes(found).stream()
        .map(
            c ->
                merge.mean(
                    IntStream.range(0, found.windows())
                        .mapToObj(window -> result(found, window, c).orElseThrow())
                        .toList(),
                    TargetWeights.of(c)))
        .toList();
  }

  /** The document's classes, highest first; of equal ones the first. */
  private List<Integer> classes(WindowResults found) {
    float[] mean =
        DocumentMerge.meanLogits(
            IntStream.range(0, found.windows()).mapToObj(i -> found.of(i).get(0)).toList());
    return IntStream.range(0, mean.length)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer i) -> -mean[i]).thenComparing(i -> i))
        .limit(count)
        .toList();
  }

  private static Optional<RecordRelevance> result(WindowResults found, int window, int index) {
    return found.of(window).stream()
        .filter(result -> result.target().orElseThrow().index()[0] == index)
        .findFirst();
  }
}
