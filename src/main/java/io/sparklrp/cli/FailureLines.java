package io.sparklrp.cli;

import io.sparklrp.spark.tally.ErrorKind;
import io.sparklrp.spark.tally.FailedRecords;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Lines about records that were not explained: each kind of error with an example. */
final class FailureLines {
  private FailureLines() {}

  /** None where all were explained. */
  static List<String> of(FailedRecords failures) {
    List<String> lines = new ArrayList<>();
    for (ErrorKind one : failures.all()) {
      lines.add(
          String.format(Locale.ROOT, "  %,d %s: %s", one.records(), one.kind(), one.example()));
    }
    if (!lines.isEmpty()) {
      lines.add(0, "Records that were not explained, by kind of error, with an example of each:");
    }
    if (!failures.labels().isEmpty()) {
      lines.add("The model's labels: " + String.join(", ", failures.labels()));
    }
    return lines;
  }

  /** Files that could not be read; none where all could. */
  static List<String> ofFiles(List<String> unread) {
    List<String> lines = new ArrayList<>();
    if (!unread.isEmpty()) {
      lines.add("Files that could not be read, whose records are not in the output:");
      unread.forEach(path -> lines.add("  " + path));
    }
    return lines;
  }
}
