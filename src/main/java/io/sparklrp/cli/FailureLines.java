package io.sparklrp.cli;

import io.sparklrp.spark.evaluate.EvaluationSummary;
import io.sparklrp.spark.tally.ErrorKind;
import io.sparklrp.spark.tally.FailedRecords;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Lines about records that were not explained, or not evaluated: each kind of error with an
 * example.
 */
final class FailureLines {
  private FailureLines() {}

  /** None where all were explained. */
  static List<String> of(FailedRecords failures) {
    List<String> lines = new ArrayList<>();
    failures.all().forEach(one -> lines.add(line(one, "")));
    if (!lines.isEmpty()) {
      lines.add(0, "Records that were not explained, by kind of error, with an example of each:");
    }
    if (!failures.labels().isEmpty()) {
      lines.add("The model's labels: " + String.join(", ", failures.labels()));
    }
    return lines;
  }

  /** Rows of methods that failed; none where all gave a result. */
  static List<String> of(EvaluationSummary summary) {
    List<String> lines = new ArrayList<>();
    for (EvaluationSummary.Failure failure : summary.failures()) {
      boolean isOfAll = failure.methods().size() == summary.methods().size();
      String methods = isOfAll ? "all methods" : String.join(", ", failure.methods());
      lines.add(line(failure.error(), " (" + methods + ")"));
    }
    if (!lines.isEmpty()) {
      lines.add(0, "Rows without a result, by kind of error, with an example of each:");
    }
    return lines;
  }

  private static String line(ErrorKind one, String where) {
    return String.format(
        Locale.ROOT, "  %,d %s%s: %s", one.records(), one.kind(), where, one.example());
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
