package io.sparklrp.attribution;

import io.sparklrp.record.TopLogits;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One of the highest outputs.
 *
 * @param index the output
 * @param label its name
 * @param logit its logit
 */
public record RankedOutput(int index, String label, float logit) {
  /** How many of the highest are written. */
  public static final int HIGHEST = 10;

  /** Those that were kept of a row. */
  static List<RankedOutput> of(TopLogits row, IntFunction<String> labels) {
    return IntStream.range(0, row.kept())
        .mapToObj(
            i -> {
              int index = Math.toIntExact(row.index()[i]);
              return new RankedOutput(index, labels.apply(index), row.logits()[i]);
            })
        .toList();
  }

  /** The ten highest, highest first; of equal ones the first. */
  static List<RankedOutput> highest(float[] logits, IntFunction<String> labels) {
    Comparator<Integer> byLogit =
        Comparator.comparing((Integer i) -> logits[i]).thenComparing(Comparator.reverseOrder());
    PriorityQueue<Integer> kept = new PriorityQueue<>(byLogit);
    for (int i = 0; i < logits.length; i++) {
      kept.add(i);
      if (kept.size() > HIGHEST) {
        kept.remove();
      }
    }
    return Stream.iterate(kept.size(), size -> size > 0, size -> size - 1)
        .map(size -> kept.remove())
        .sorted(byLogit.reversed())
        .map(i -> new RankedOutput(i, labels.apply(i), logits[i]))
        .toList();
  }
}
