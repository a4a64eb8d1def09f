package io.sparklrp.spark.report;

import java.util.Map;

/** What the quality gates of a run hold, for people. */
final class GateMeaning {
  private static final Map<String, String> ALL =
      Map.ofEntries(
          Map.entry("records_lost", "records that were read and have no row"),
          Map.entry("rows_lost", "rows that should be there and are not, or are too many"),
          Map.entry("explained", "records that were explained"),
          Map.entry("files_unread", "files of the input that could not be read"),
          Map.entry("error_rate", "part of the rows that have an error in place of an explanation"),
          Map.entry("truncated_rate", "part of the rows whose text was cut"),
          Map.entry("deviation", "largest difference from the same records in float32"),
          Map.entry("ledger", "largest residual of a record, over its ledger's scale"),
          Map.entry(
              "sample",
              "largest difference from rows that were made again, over their ledger's scale"));

  private GateMeaning() {}

  /** A sentence; empty for a gate of another version. */
  static String of(String gate) {
    return ALL.getOrDefault(gate, "");
  }
}
