package io.sparklrp.spark.aggregate;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.rank;
import static org.apache.spark.sql.functions.sum;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/** The same words in two outputs: what changed, word by word, and how well their order agrees. */
public final class DriftTable {
  private static final String PAIRS = "target = other_target";

  private DriftTable() {}

  /**
   * Words of both, by target: {@link DifferenceTable}, and their places in the order of means.
   *
   * @param corpus the later output
   * @param before the earlier one
   * @param haveNames whether the keys of both outputs are the records' own names
   * @param words what {@link WordTable} gives of the later output, of targets alone
   * @param wordsBefore the same of the earlier
   * @param least records of each that a word is to stand in
   */
  public static Dataset<Row> of(
      ExplainedCorpus corpus,
      ExplainedCorpus before,
      boolean haveNames,
      Dataset<Row> words,
      Dataset<Row> wordsBefore,
      long least) {
    Optional<Dataset<Row>> products =
        haveNames
            ? Optional.of(
                WordSums.products(
                    WordSums.of(corpus, List.of("target")),
                    WordSums.of(before, List.of("target")),
                    PAIRS))
            : Optional.empty();
    return DifferenceTable.of(words, wordsBefore, products, PAIRS, least)
        .drop("other_target")
        .withColumn("place", place("mean"))
        .withColumn("other_place", place("other_mean"));
  }

  private static Column place(String mean) {
    return rank().over(Window.partitionBy("target").orderBy(col(mean).desc()));
  }

  /**
   * Of each target: words that both have, and how well the orders of their means agree, by
   * Spearman's coefficient with places that equal means share; null where all are equal.
   *
   * @param drift what {@link #of} gives
   */
  public static Dataset<Row> agreement(Dataset<Row> drift) {
    String spread = "(n * xx - x * x) * (n * yy - y * y)";
    return drift
        .withColumn("shared", shared("place"))
        .withColumn("other_shared", shared("other_place"))
        .groupBy("target")
        .agg(
            count(lit(1)).as("words"),
            avg(expr("abs(difference)")).as("mean_change"),
            count(lit(1)).cast("double").as("n"),
            sum("shared").as("x"),
            sum("other_shared").as("y"),
            sum(expr("shared * shared")).as("xx"),
            sum(expr("other_shared * other_shared")).as("yy"),
            sum(expr("shared * other_shared")).as("xy"))
        .withColumn(
            "rank_agreement",
            expr(String.format("if(%s > 0, (n * xy - x * y) / sqrt(%s), null)", spread, spread)))
        .select("target", "words", "rank_agreement", "mean_change");
  }

  /** The middle of the places of equal means. */
  private static Column shared(String place) {
    Column equal = count(lit(1)).over(Window.partitionBy("target", place));
    return col(place).plus(equal.minus(lit(1)).divide(lit(2d)));
  }
}
