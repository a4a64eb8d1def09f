package io.sparklrp.spark.report;

import org.apache.spark.sql.Row;

/**
 * What a term of the lexicon has to do with an answer.
 *
 * @param row of the table {@code lexicon}
 * @param least records: of terms in fewer little can be said
 */
record LexiconTerm(Row row, long least) {
  String term() {
    return row.getAs("term");
  }

  boolean isOfFew() {
    return TableRows.count(row, "records") < least;
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

  /** Whether its mean is beyond those of 95 % of the words that are as common. */
  boolean isOutside() {
    return isAbove() || isBelow();
  }

  /** Which end of its records shows what it does: beside words as common, or beside 0. */
  boolean speaksForIt() {
    return isAbove() || (!isBelow() && mean() > 0);
  }

  private boolean isLess(String lower, String higher) {
    Double low = TableRows.number(row, lower);
    Double high = TableRows.number(row, higher);
    return low != null && high != null && low < high;
  }
}
