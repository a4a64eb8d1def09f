package io.sparklrp.table;

import io.sparklrp.attribution.TokenRelevance;
import java.util.Arrays;

/** Which columns of a row are there together. */
final class RowShape {
  private RowShape() {}

  /** How many columns, or numbers in them, are not as they must be beside the others. */
  static int contradictions(OutputRow row) {
    int ofRun = missing(row.runId());
    if (row.error() != null) {
      return ofRun
          + missing(row.error().kind(), row.error().message())
          + there(row.truncated(), row.method(), row.modelId())
          + ofExplanation(row)
          + there(row.prediction(), row.words());
    }
    int ofOrigin = ofRun + missing(row.truncated(), row.method(), row.modelId());
    return ofExplanation(row) == 0
        ? ofOrigin + there(row.prediction(), row.words())
        : ofOrigin + missing(row.target(), row.tokens(), row.ledger()) + notFinite(row);
  }

  /** Columns that are there where a target was explained. */
  private static int ofExplanation(OutputRow row) {
    return there(row.target(), row.tokens(), row.ledger());
  }

  private static int missing(Object... columns) {
    return columns.length - there(columns);
  }

  private static int there(Object... columns) {
    return (int) Arrays.stream(columns).filter(column -> column != null).count();
  }

  private static int notFinite(OutputRow row) {
    long tokens =
        row.tokens() == null
            ? 0
            : row.tokens().stream()
                .map(TokenRelevance::relevance)
                .filter(relevance -> !Float.isFinite(relevance))
                .count();
    boolean isScore = row.target() == null || Double.isFinite(row.target().score());
    return (int) tokens + (isScore ? 0 : 1);
  }
}
