package io.sparklrp.spark.aggregate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;

import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The same terms of a lexicon in two outputs: {@link DifferenceTable} of all that stand in two
 * records of each, by target, group and term.
 */
final class LexiconDriftTable {
  private static final String PAIRS = "target = other_target";

  /** A term may be of several groups: both together are what is compared. */
  private static final String WORD = "word";

  private LexiconDriftTable() {}

  /**
   * An output.
   *
   * @param rows it has
   * @param places what {@link TermPlaces} gives of them
   * @param terms what {@link LexiconTable#terms} gives of these
   */
  record Side(ExplainedCorpus rows, Dataset<Row> places, Dataset<Row> terms) {}

  /**
   * The table.
   *
   * @param corpus the later output
   * @param before the earlier one
   * @param haveNames whether the keys of both outputs are the records' own names
   */
  static Dataset<Row> of(Side corpus, Side before, boolean haveNames) {
    Optional<Dataset<Row>> products =
        haveNames
            ? Optional.of(WordSums.products(sums(corpus), sums(before), PAIRS))
            : Optional.empty();
    return DifferenceTable.of(terms(corpus), terms(before), products, PAIRS, 0)
        .drop("other_target")
        .withColumn("group", col("word.group"))
        .withColumn("term", col("word.term"))
        .select(
            "target",
            "group",
            "term",
            "count",
            "other_count",
            "mean",
            "other_mean",
            "difference",
            "low",
            "high");
  }

  private static Dataset<Row> terms(Side side) {
    return side.terms.withColumn(WORD, struct("group", "term"));
  }

  /** Sums of each term in each record whose key stands once for a target. */
  private static Dataset<Row> sums(Side side) {
    Dataset<Row> once =
        side.rows
            .rows()
            .groupBy("target", "key")
            .agg(count(lit(1)).as("same"))
            .where("same = 1")
            .drop("same");
    return side.places
        .select(
            col("target"),
            col(TermPlaces.OWN_KEY).as("key"),
            struct(col("group"), col("word").as("term")).as(WORD),
            col("r"))
        .join(once, new String[] {"target", "key"}, "inner")
        .groupBy("target", "key", WORD)
        .agg(count(lit(1)).as("n"), sum("r").as("s"));
  }
}
