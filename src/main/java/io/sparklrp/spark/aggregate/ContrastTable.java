package io.sparklrp.spark.aggregate;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Words between two targets: {@link DifferenceTable} of each two, the first in the alphabet first.
 */
public final class ContrastTable {
  private static final String PAIRS = "target < other_target";

  private ContrastTable() {}

  /**
   * The table.
   *
   * @param words what {@link WordTable} gives, of targets alone
   * @param least records of each target that a word is to stand in
   */
  public static Dataset<Row> of(ExplainedCorpus corpus, Dataset<Row> words, long least) {
    Dataset<Row> sums = WordSums.of(corpus, List.of("target"));
    return DifferenceTable.of(
        words, words, Optional.of(WordSums.products(sums, sums, PAIRS)), PAIRS, least);
  }
}
