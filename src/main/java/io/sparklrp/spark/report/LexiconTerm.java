package io.sparklrp.spark.report;

import java.util.List;
import org.apache.spark.sql.Row;

/**
 * What a term of the lexicon has to do with an answer.
 *
 * @param row of the table {@code lexicon}
 */
record LexiconTerm(Row row) {
  /** Of terms in fewer records little can be said. */
  static final long ENOUGH = 5;

  String term() {
    return row.getAs("term");
  }

  boolean isOfFew() {
    return TableRows.count(row, "records") < ENOUGH;
  }

  /** The mean of its relevance; null where it is in no text. */
  Double mean() {
    return TableRows.number(row, "mean");
  }

  /** Whether its mean is above those of 95 % of the words that are as common. */
  boolean isAbove() {
    return isLess("neutral_high", "mean");
  }

  /** Whether its mean is below those of 95 % of the words that are as common. */
  boolean isBelow() {
    return isLess("mean", "neutral_low");
  }

  private boolean isLess(String lower, String higher) {
    Double low = TableRows.number(row, lower);
    Double high = TableRows.number(row, higher);
    return low != null && high != null && low < high;
  }

  /**
   * Names of records.
   *
   * @param end {@code most} or {@code least}
   */
  List<String> records(String end) {
    List<Row> named = row.getList(row.fieldIndex(end));
    return named == null
        ? List.of()
        : named.stream().map(one -> String.valueOf(one.get(0))).toList();
  }
}
