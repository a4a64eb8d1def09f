package io.sparklrp.spark.aggregate;

import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;

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
    return DifferenceTable.of(words, words, products(corpus), PAIRS, least);
  }

  /** Usually a record has one target, and none has anything of two. */
  private static Optional<Dataset<Row>> products(ExplainedCorpus corpus) {
    boolean areOfTwo =
        !corpus
            .rows()
            .groupBy("key")
            .agg(min("target").as("first"), max("target").as("last"))
            .where("first <> last")
            .limit(1)
            .isEmpty();
    if (!areOfTwo) {
      return Optional.empty();
    }
    Dataset<Row> sums = WordSums.of(corpus, List.of("target"));
    return Optional.of(WordSums.products(sums, sums, PAIRS));
  }
}
