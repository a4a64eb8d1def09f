package io.sparklrp.spark.aggregate;

import static io.sparklrp.spark.aggregate.ExplainedCorpus.columns;
import static io.sparklrp.spark.aggregate.WordSums.prefixed;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The same word in two places, two targets or two outputs: the difference of its mean relevance
 * with its 95 % interval. Where both means are of the same records, what they share of these is
 * left out of its variance, so that the interval is that of the differences by record.
 */
final class DifferenceTable {
  private static final String COVARIANCE =
      "coalesce((ss - other_mean * sn - mean * ns + mean * other_mean * nn)"
          + " / (cast(count as double) * other_count)"
          + " * sqrt(records * other_records / ((records - 1D) * (other_records - 1))), 0D)";

  private static final String HALF =
      String.format(
          "sqrt(greatest(0D, pow(high - mean, 2) + pow(other_high - other_mean, 2) - 2 * covariance * %s * %s))",
          StudentT.ofRecords("records"), StudentT.ofRecords("other_records"));

  private DifferenceTable() {}

  /**
   * The table, of words that stand in several records of both.
   *
   * @param words what {@link WordTable} gives, of targets alone
   * @param others the same of others
   * @param products what both have of the same records; empty where none are known to be the same
   * @param pairs which targets are compared, in SQL
   * @param least records that a word is to stand in
   */
  static Dataset<Row> of(
      Dataset<Row> words,
      Dataset<Row> others,
      Optional<Dataset<Row>> products,
      String pairs,
      long least) {
    Dataset<Row> both =
        known(words, least)
            .select(columns(List.of("word", "target", "records", "count", "mean", "high")))
            .join(
                known(others, least)
                    .select(prefixed("word", "target", "records", "count", "mean", "high")),
                expr("word = other_word and " + pairs),
                "inner");
    return products
        .map(shared -> both.join(shared, new String[] {"word", "target", "other_target"}, "left"))
        .map(joined -> joined.withColumn("covariance", expr(COVARIANCE)))
        .orElseGet(() -> both.withColumn("covariance", lit(0d)))
        .withColumn("difference", expr("mean - other_mean"))
        .withColumn("half", expr(HALF))
        .withColumn("low", expr("difference - half"))
        .withColumn("high", expr("difference + half"))
        .select(
            columns(
                List.of("target", "other_target", "word", "count", "other_count"),
                "mean",
                "other_mean",
                "difference",
                "low",
                "high"));
  }

  private static Dataset<Row> known(Dataset<Row> words, long least) {
    return words.where(col("records").geq(Math.max(2, least)));
  }
}
