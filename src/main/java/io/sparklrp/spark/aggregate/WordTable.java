package io.sparklrp.spark.aggregate;

import static io.sparklrp.spark.aggregate.ExplainedCorpus.columns;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What each word has to do with each target: how often it stands there ({@code count}) and in how
 * many records, the mean of its relevance with its 95 % interval, the sum of it, its share of all
 * relevance by magnitude, the part of its places where it speaks for the target, and the records in
 * which it has most and least.
 *
 * <p>Places of a word in one record are not independent: the interval is that of a ratio of sums
 * over records (Cochran 1977, 6.3). It is null where a word stands in one record alone.
 */
public final class WordTable {
  static final double NORMAL = 1.959963984540054;

  /** Records that are named for each word. */
  private static final int NAMED = 3;

  private WordTable() {}

  /**
   * The table.
   *
   * @param isSliced whether the records' own columns tell rows apart too
   */
  public static Dataset<Row> of(ExplainedCorpus corpus, boolean isSliced) {
    List<String> keys = corpus.keys(isSliced);
    return ofSums(WordSums.of(corpus, keys), keys);
  }

  /**
   * The table of what words have in records.
   *
   * @param ofRecords what {@link WordSums} gives
   * @param keys columns that tell rows apart beside the word
   */
  static Dataset<Row> ofSums(Dataset<Row> ofRecords, List<String> keys) {
    List<String> groups = new ArrayList<>(keys);
    groups.add("word");
    Dataset<Row> sums = sums(ofRecords, groups);
    Dataset<Row> all = sums.groupBy(columns(keys)).agg(sum("magnitude").as("all_magnitude"));
    String[] names = groups.toArray(String[]::new);
    return sums.join(all, keys.toArray(String[]::new), "inner")
        .withColumn("share", expr("if(all_magnitude = 0, 0D, magnitude / all_magnitude)"))
        .drop("all_magnitude", "magnitude")
        .join(named(ofRecords, groups, "most", col("s").desc()), names, "left")
        .join(named(ofRecords, groups, "least", col("s").asc()), names, "left");
  }

  private static Dataset<Row> named(
      Dataset<Row> ofRecords, List<String> groups, String name, Column order) {
    return NamedRecords.of(ofRecords, groups, name, "s", NAMED, order, col("key").asc());
  }

  private static Dataset<Row> sums(Dataset<Row> ofRecords, List<String> groups) {
    String squares = "greatest(0D, ss - 2 * mean * sn + mean * mean * nn)";
    return ofRecords
        .groupBy(columns(groups))
        .agg(
            sum("n").as("count"),
            count(lit(1)).as("records"),
            sum("s").as("sum"),
            sum("m").as("magnitude"),
            sum("p").as("p"),
            sum(expr("s * s")).as("ss"),
            sum(expr("s * n")).as("sn"),
            sum(expr("cast(n as double) * n")).as("nn"))
        .withColumn("mean", expr("sum / count"))
        .withColumn("positive", expr("p / count"))
        .withColumn(
            "half",
            expr(String.format(
                    "if(records < 2, null, sqrt(%s * records / (records - 1)) / count)", squares))
                .multiply(NORMAL))
        .withColumn("low", expr("mean - half"))
        .withColumn("high", expr("mean + half"))
        .select(
            columns(
                groups, "count", "records", "mean", "low", "high", "sum", "magnitude", "positive"));
  }
}
