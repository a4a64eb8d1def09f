package io.sparklrp.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Groups records of like length, so that little is padded. */
final class Batches {
  private Batches() {}

  /**
   * Groups of indices, by falling length, such that the number of records times the longest length
   * stays within a budget. A record longer than the budget is a group of its own.
   *
   * @param lengths tokens of each record
   * @param tokenBudget most tokens of a group, padding included
   * @param mostRecords most records of a group
   * @param isOfOneLength whether all records of a group have the same length
   */
  static List<List<Integer>> plan(
      int[] lengths, int tokenBudget, int mostRecords, boolean isOfOneLength) {
    List<Integer> order =
        IntStream.range(0, lengths.length)
            .boxed()
            .sorted(Comparator.comparingInt((Integer i) -> -lengths[i]).thenComparing(i -> i))
            .toList();
    List<List<Integer>> batches = new ArrayList<>();
    List<Integer> open = new ArrayList<>();
    int width = 0;
    for (int index : order) {
      boolean isFull =
          (long) (open.size() + 1) * width > tokenBudget
              || open.size() == mostRecords
              || (isOfOneLength && lengths[index] != width);
      if (!open.isEmpty() && isFull) {
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
