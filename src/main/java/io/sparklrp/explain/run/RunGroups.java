package io.sparklrp.explain.run;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Puts records that are run again and again into groups whose runs are held at a time: as many as
 * fill some batches, so that runs of several records share them, and one at least.
 */
public final class RunGroups {
  private RunGroups() {}

  /**
   * Groups of neighbours, in order; none where there is nothing to run.
   *
   * @param tokens of all runs of a record
   * @param most a group that has so many tokens is full
   */
  public static <T> List<List<T>> of(List<T> records, ToLongFunction<T> tokens, long most) {
    List<List<T>> groups = new ArrayList<>();
    long left = 0;
    for (T record : records) {
      if (left <= 0) {
        groups.add(new ArrayList<>());
        left = most;
      }
      groups.get(groups.size() - 1).add(record);
      left -= tokens.applyAsLong(record);
    }
    return groups;
  }
}
