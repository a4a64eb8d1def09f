package io.sparklrp.spark.tally;

import java.util.List;
import java.util.stream.Stream;

/**
 * What became of records, as the tasks that explained them tell.
 *
 * @param read records that were taken from the input
 * @param given records that have rows, explained or with an error
 * @param rows rows that were handed on to be written
 * @param dropped records that were left out as it was asked for, the most frequent kind first
 */
public record Tally(long read, long given, long rows, List<ErrorKind> dropped) {
  /** That of no task. */
  static final Tally NONE = new Tally(0, 0, 0, List.of());

  /** Copies. */
  public Tally {
    dropped = List.copyOf(dropped);
  }

  Tally plus(Tally other) {
    return new Tally(
        read + other.read,
        given + other.given,
        rows + other.rows,
        ErrorKind.merged(Stream.concat(dropped.stream(), other.dropped.stream())));
  }
}
