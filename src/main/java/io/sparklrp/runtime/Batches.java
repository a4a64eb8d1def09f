package io.sparklrp.runtime;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Groups records of like length, so that little is padded. */
public final class Batches {
  private Batches() {}

  /**
   * Groups of indices, by falling length, such that the number of records times the longest length
   * stays within a budget. A record longer than the budget is a group of its own.
   *
   * @param texts the records
   * @param tokenBudget most tokens of a group, padding included
   */
  public static List<List<Integer>> plan(List<EncodedText> texts, int tokenBudget) {
    return plan(texts.stream().mapToInt(EncodedText::length).toArray(), tokenBudget);
  }

  /**
   * The same by lengths.
   *
   * @param lengths tokens of each record
   */
  public static List<List<Integer>> plan(int[] lengths, int tokenBudget) {
    List<Integer> order =
        IntStream.range(0, lengths.length)
            .boxed()
            .sorted(Comparator.comparingInt((Integer i) -> -lengths[i]).thenComparing(i -> i))
            .toList();
    List<List<Integer>> batches = new ArrayList<>();
    List<Integer> open = new ArrayList<>();
    int width = 0;
    for (int index : order) {
      if (!open.isEmpty() && (long) (open.size() + 1) * width > tokenBudget) {
        batches.add(List.copyOf(open));
        open.clear();
      }
      width = open.isEmpty() ? lengths[index] : width;
      open.add(index);
    }
    if (!open.isEmpty()) {
      batches.add(List.copyOf(open));
    }
    return batches;
  }
}
