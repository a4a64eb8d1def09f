package io.sparklrp.spark.aggregate;

import java.util.List;

/**
 * What came of a run of {@code aggregate}.
 *
 * @param output the directory
 * @param tables their names
 * @param notes what users should know of it
 * @param rows explained rows that they are made of
 * @param words of each target, those that have most and least
 */
public record AggregateSummary(
    String output, List<String> tables, List<String> notes, long rows, List<OfTarget> words) {
  /** Copies. */
  public AggregateSummary {
    tables = List.copyOf(tables);
    notes = List.copyOf(notes);
    words = List.copyOf(words);
  }

  /**
   * Words of a target.
   *
   * @param forIt with most relevance in sum, the largest first
   * @param againstIt with least, the least first
   */
  public record OfTarget(String target, List<Word> forIt, List<Word> againstIt) {
    /** Copies. */
    public OfTarget {
      forIt = List.copyOf(forIt);
      againstIt = List.copyOf(againstIt);
    }
  }

  /**
   * A word.
   *
   * @param mean of its relevance
   * @param records in which it stands
   */
  public record Word(String word, double mean, long records) {}
}
