package io.sparklrp.spark.aggregate;

import static io.sparklrp.spark.aggregate.ExplainedCorpus.columns;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/** Sums of each word in each record: its places are not independent of each other. */
final class WordSums {
  private WordSums() {}

  /** Rows that alone have their key and target: what repeats cannot be paired. */
  private static Dataset<Row> once(ExplainedCorpus corpus) {
    Column same = count(lit(1)).over(Window.partitionBy("target", "key"));
    return corpus.rows().withColumn("same", same).where("same = 1");
  }

  /**
   * The sums, of records whose key stands once for a target: {@code n} places, {@code s} of
   * relevance.
   *
   * @param keys columns that tell rows apart beside the word and the record
   */
  static Dataset<Row> of(ExplainedCorpus corpus, List<String> keys) {
    List<Column> read = new ArrayList<>(List.of(columns(keys, "key")));
    read.add(explode(col("words")).as("w"));
    List<Column> found = new ArrayList<>(List.of(columns(keys, "key")));
    found.add(col("w.word").as("word"));
    found.add(col("w.relevance").as("r"));
    return once(corpus)
        .select(read.toArray(Column[]::new))
        .select(found.toArray(Column[]::new))
        .groupBy(columns(keys, "key", "word"))
        .agg(count(lit(1)).as("n"), sum("r").as("s"));
  }

  /**
   * What words have in the same records of two targets, or outputs, so that their means are not
   * independent: by {@code word}, {@code target} and {@code other_target}, sums of products over
   * records.
   *
   * @param pairs which targets are compared, in SQL
   */
  static Dataset<Row> products(Dataset<Row> one, Dataset<Row> other, String pairs) {
    return one.select(columns(List.of("key", "word", "target", "n", "s")))
        .join(
            other.select(prefixed("key", "word", "target", "n", "s")),
            expr("key = other_key and word = other_word and " + pairs),
            "inner")
        .groupBy("word", "target", "other_target")
        .agg(
            sum(expr("s * other_s")).as("ss"),
            sum(expr("s * other_n")).as("sn"),
            sum(expr("n * other_s")).as("ns"),
            sum(expr("cast(n as double) * other_n")).as("nn"));
  }

  static Column[] prefixed(String... names) {
    return Stream.of(names).map(name -> col(name).as("other_" + name)).toArray(Column[]::new);
  }
}
