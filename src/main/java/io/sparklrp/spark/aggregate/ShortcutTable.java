package io.sparklrp.spark.aggregate;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.monotonically_increasing_id;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * Records that the model decides by one word, whatever else stands there (after spectral relevance
 * analysis, Lapuschkin et al. 2019). What words have of the evidence for the answer, the part of
 * its relevance above 0, is a direction for each record; records are grouped by the axis that is
 * nearest to it, the word with the largest part. Where SpRAy clusters by eigenvectors of a graph of
 * neighbours, these clusters need no number of them, no seed and one pass, and a cluster has its
 * name; one of several words is found by one of these.
 *
 * <p>A shortcut is a cluster whose word has most of the evidence ({@code focus}), in most records
 * where it stands ({@code captured}), and wherever it stands the model says the same ({@code
 * purity}). Both shares are the lower ends of their 95 % intervals (Wilson), so that few records
 * prove nothing.
 */
public final class ShortcutTable {
  /** Beyond what ordinary words come to: see CONTRIBUTING. */
  private static final String FOUND = "score >= 0.4D and share <= 0.1D";

  private static final int LEAST_RECORDS = 5;
  private static final int NAMED = 5;

  private ShortcutTable() {}

  /** The table: a row for each word that decides some records, with the most suspicious first. */
  public static Dataset<Row> of(ExplainedCorpus corpus) {
    Dataset<Row> words = words(corpus);
    Dataset<Row> deciding = deciding(words);
    Column whole = sum("size").over(Window.partitionBy());
    return deciding
        .groupBy("word")
        .agg(count(lit(1)).as("size"), avg("part").as("focus"), avg("relevance").as("relevance"))
        .withColumn("share", expr("cast(size as double)").divide(whole))
        .where(col("size").geq(LEAST_RECORDS))
        .join(said(words), "word")
        .withColumn("captured", expr(lower("size", "everywhere")))
        .withColumn("purity", expr(lower("alike", "everywhere")))
        .withColumn("score", expr("focus * captured * purity"))
        .withColumn("found", expr(FOUND))
        .join(
            NamedRecords.of(
                deciding,
                List.of("word"),
                "examples",
                "relevance",
                NAMED,
                col("part").desc(),
                col("record").asc()),
            "word")
        .drop("alike")
        .orderBy(col("score").desc(), col("word"));
  }

  /** What words have in each row, all their places together. */
  private static Dataset<Row> words(ExplainedCorpus corpus) {
    return corpus
        .rows()
        .withColumn("row", monotonically_increasing_id())
        .select(col("row"), col("record"), col("target"), explode(col("words")).as("w"))
        .groupBy(col("row"), col("w.word").as("word"))
        .agg(
            first("record").as("record"),
            first("target").as("target"),
            sum("w.relevance").as("relevance"));
  }

  /** The word of each row that has the largest part of the evidence. */
  private static Dataset<Row> deciding(Dataset<Row> words) {
    return words
        .where("relevance > 0")
        .withColumn("part", expr("relevance / sum(relevance) over (partition by row)"))
        .withColumn(
            "place",
            row_number().over(Window.partitionBy("row").orderBy(col("part").desc(), col("word"))))
        .where("place = 1")
        .drop("place");
  }

  /** Of each word: the rows in which it stands, and those of them with the most frequent answer. */
  private static Dataset<Row> said(Dataset<Row> words) {
    return words
        .groupBy("word", "target")
        .agg(count(lit(1)).as("n"))
        .groupBy("word")
        .agg(sum("n").as("everywhere"), max(struct(col("n"), col("target"))).as("most"))
        .select(
            col("word"),
            col("everywhere"),
            col("most.target").as("target"),
            col("most.n").as("alike"));
  }

  /** The lower end of the 95 % interval of a share, by Wilson's score, in SQL. */
  private static String lower(String part, String whole) {
    double squared = WordTable.NORMAL * WordTable.NORMAL;
    return String.format(
        "(%1$s + %3$sD - %4$sD * sqrt(%1$s * (%2$s - %1$s) / cast(%2$s as double) + %5$sD)) / (%2$s + %6$sD)",
        part, whole, squared / 2, WordTable.NORMAL, squared / 4, squared);
  }
}
