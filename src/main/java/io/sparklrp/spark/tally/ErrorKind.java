package io.sparklrp.spark.tally;

import java.io.Serializable;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Records with one kind of error.
 *
 * @param kind the kind, as in the column {@code error}
 * @param records how many
 * @param example the message of one of them, which holds no text of a record
 */
public record ErrorKind(String kind, long records, String example) implements Serializable {
  /** The same with more records; the example is the lesser of both, whatever their order. */
  ErrorKind plus(ErrorKind other) {
    String lesser = example.compareTo(other.example) <= 0 ? example : other.example;
    return new ErrorKind(kind, records + other.records, lesser);
  }

  /** One of each kind, the most frequent first. */
  static List<ErrorKind> merged(Stream<ErrorKind> kinds) {
    Map<String, ErrorKind> byKind =
        kinds.collect(Collectors.toMap(ErrorKind::kind, one -> one, ErrorKind::plus, TreeMap::new));
    return byKind.values().stream()
        .sorted(Comparator.comparingLong((ErrorKind one) -> one.records()).reversed())
        .toList();
  }

  /** All their records. */
  static long records(Collection<ErrorKind> kinds) {
    return kinds.stream().mapToLong(ErrorKind::records).sum();
  }
}
