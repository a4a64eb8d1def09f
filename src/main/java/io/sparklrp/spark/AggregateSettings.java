package io.sparklrp.spark;

import java.util.List;

/**
 * One run of {@code aggregate}.
 *
 * @param input an output of {@code explain}
 * @param output the directory of tables
 * @param isOverwritten whether one that is there may be
 * @param by the records' own columns to tell apart; empty for none
 * @param against another output to compare with; null for none
 * @param least records that a word must stand in, to be compared
 */
public record AggregateSettings(
    InputSettings input,
    String output,
    boolean isOverwritten,
    List<String> by,
    InputSettings against,
    long least) {
  /** Records that a word must stand in, unless another number is given. */
  public static final long LEAST = 5;

  /** Copies. */
  public AggregateSettings {
    by = List.copyOf(by);
  }
}
