package io.sparklrp.spark.tally;

import java.util.List;
import java.util.stream.Stream;

/**
 * Why records of a run were not explained.
 *
 * @param kept records that came out with their error, the most frequent kind first
 * @param dropped records that did not come out, likewise
 * @param labels the model's labels, where a record names one that it does not have; the first of
 *     them only where there are many
 */
public record FailedRecords(List<ErrorKind> kept, List<ErrorKind> dropped, List<String> labels) {
  private static final int MOST_LABELS = 20;

  /** The kind of error of a record that names an output which there is not. */
  public static final String UNKNOWN_TARGET = "unknown-target";

  /** Copies. */
  public FailedRecords {
    kept = List.copyOf(kept);
    dropped = List.copyOf(dropped);
    labels = List.copyOf(labels);
  }

  /** Those of a model, whose labels are told where they are asked for. */
  public static FailedRecords of(
      List<ErrorKind> kept, List<ErrorKind> dropped, List<String> labels) {
    boolean areAskedFor =
        Stream.of(kept, dropped)
            .flatMap(List::stream)
            .anyMatch(one -> one.kind().equals(UNKNOWN_TARGET));
    return new FailedRecords(kept, dropped, areAskedFor ? first(labels) : List.of());
  }

  private static List<String> first(List<String> labels) {
    return labels.size() <= MOST_LABELS
        ? labels
        : Stream.concat(labels.stream().limit(MOST_LABELS), Stream.of("...")).toList();
  }

  /** Both, the most frequent kind first. */
  public List<ErrorKind> all() {
    return ErrorKind.merged(Stream.concat(kept.stream(), dropped.stream()));
  }
}
