package io.sparklrp.spark.aggregate;

import static io.sparklrp.spark.aggregate.ExplainedCorpus.columns;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.expr;
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
 * <p>A record is a row that was explained. Places of a word in one record are not independent: the
 * interval is that of a ratio of sums over records (Cochran 1977, 6.3), by {@link StudentT}. It is
 * null where a word stands in one record alone.
 */
public final class WordTable {
  private static final String HALF =
      StudentT.ofRecords("records")
          + " * sqrt(greatest(0D, ss - 2 * mean * sn + mean * mean * nn) * records / (records - 1)) / count";

  private static final String MAGNITUDE =
      "aggregate(words, 0D, (total, w) -> total + abs(w.relevance))";

  private static final List<String> MEASURES =
      List.of("word", "count", "records", "mean", "low", "high", "sum", "positive");

  /** Records that show it. */
  private static final List<String> EXAMPLES = List.of("most", "least");

  private WordTable() {}

  /**
   * The table.
   *
   * @param isSliced whether the records' own columns tell rows apart too
   */
  public static Dataset<Row> of(ExplainedCorpus corpus, boolean isSliced) {
    List<String> keys = corpus.keys(isSliced);
    // Of rows, not of words: so no task has all words of a target.
    Dataset<Row> all =
        corpus.rows().groupBy(columns(keys)).agg(sum(expr(MAGNITUDE)).as("all_magnitude"));
    return summed(corpus.rows(), keys)
        .join(broadcast(all), keys.toArray(String[]::new), "inner")
        .withColumn("share", expr("if(all_magnitude = 0, 0D, magnitude / all_magnitude)"))
        .select(ofTable(keys, "share"));
  }

  /**
   * The table of some rows, without shares.
   *
   * @param rows a row for each record: see {@link WordTallies}
   * @param keys columns that tell rows of the table apart beside the word
   */
  static Dataset<Row> withoutShares(Dataset<Row> rows, List<String> keys) {
    return summed(rows, keys).select(ofTable(keys));
  }

  /** The columns of a table in their order, and further ones before records that show it. */
  private static Column[] ofTable(List<String> keys, String... further) {
    List<String> names = new ArrayList<>(MEASURES);
    names.addAll(List.of(further));
    names.addAll(EXAMPLES);
    return columns(keys, names.toArray(String[]::new));
  }

  private static Dataset<Row> summed(Dataset<Row> rows, List<String> keys) {
    List<Column> sums = new ArrayList<>();
    for (String name : List.of("records", "sum", "magnitude", "p", "ss", "sn", "nn")) {
      sums.add(sum(name).as(name));
    }
    sums.add(named("most", "0D - r.order"));
    sums.add(named("least", "r.order"));
    return WordTallies.of(rows, keys)
        .groupBy(columns(keys, "word"))
        .agg(sum("count").as("count"), sums.toArray(Column[]::new))
        .withColumn("mean", expr("sum / count"))
        .withColumn("positive", expr("p / count"))
        .withColumn("half", expr(HALF))
        .withColumn("low", expr("mean - half"))
        .withColumn("high", expr("mean + half"));
  }

  /** The first of all that partitions named. */
  private static Column named(String name, String relevance) {
    return expr(String.format(
            "transform(slice(sort_array(flatten(collect_list(%s))), 1, %d),"
                + " r -> struct(r.record as record, %s as relevance))",
            name, WordTally.NAMED, relevance))
        .as(name);
  }
}
