package io.sparklrp.spark.aggregate;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * Records that the model decides by one word, whatever else stands there (after spectral relevance
 * analysis, Lapuschkin et al. 2019). What words have of the evidence for the answer, the part of
 * its relevance above 0, is a direction for each record; records are grouped by the axis that is
 * nearest to it, the word with the largest part. Where SpRAy clusters by eigenvectors of a graph of
 * neighbours, these clusters need no number of them and no seed, and a cluster has its name; one of
 * several words is found by one of these.
 *
 * <p>What tells a shortcut from a strong word is that nothing else matters: wherever it stands, the
 * model says the same and the word has about as much, where words of a language are qualified by
 * others. So the {@code score} is the share of a word's records in which the answer is the usual
 * one and the word has at least half of its mean relevance. It and the shares {@code captured}, of
 * its records that it decides, and {@code purity}, of those with the usual answer, are lower ends
 * of their 95 % intervals (Wilson), so that few records prove nothing, and copies of one text no
 * more than one: records count by their {@code variety}, the part of some of them that are no
 * copies of others. Only what models say is looked at, not other targets.
 */
public final class ShortcutTable {
  /** The least score of a shortcut, beyond what words of a language come to: see CONTRIBUTING. */
  public static final double LEAST_SCORE = 0.87;

  private static final String FOUND = "score >= " + LEAST_SCORE + "D and share <= 0.1D";

  private static final double Z = StudentT.NORMAL;
  private static final int LEAST_RECORDS = 5;
  private static final int NAMED = 5;

  /** Records of a cluster that are looked at for copies. */
  private static final int SKETCHED = 25;

  /** Clusters that are looked at, the largest: their words are held in memory. */
  private static final int MOST_CLUSTERS = 10_000;

  private static final String IS_PREDICTED = "target = predicted";

  private ShortcutTable() {}

  /** The table: a row for each word that decides some records, with the most suspicious first. */
  public static Dataset<Row> of(ExplainedCorpus corpus) {
    Dataset<Row> rows = corpus.rows().where(IS_PREDICTED);
    Dataset<Row> clusters = collected(clusters(DecidingWords.of(rows)));
    Dataset<Row> said = collected(said(rows).join(broadcast(clusters.select("word")), "word"));
    return clusters
        .join(said, "word")
        .join(SteadyWords.of(rows, usual(said)), new String[] {"word"}, "left")
        .na()
        .fill(0L, new String[] {"steady"})
        .withColumn("share", col("size").cast("double").divide(lit((double) rows.count())))
        .withColumn("captured", expr(lower("size")))
        .withColumn("purity", expr(lower("records")))
        .withColumn("score", expr(lower("steady")))
        .withColumn("found", expr(FOUND))
        .select(
            "word",
            "target",
            "size",
            "variety",
            "share",
            "focus",
            "captured",
            "everywhere",
            "records",
            "mean",
            "purity",
            "steady",
            "score",
            "found",
            "examples")
        .orderBy(col("score").desc(), col("word"));
  }

  /**
   * Rows of which the model says something else than what was explained: they are not looked at.
   */
  static long leftOut(ExplainedCorpus corpus) {
    return corpus.rows().where("not coalesce(" + IS_PREDICTED + ", false)").count();
  }

  /** The records that each word decides: how many, and some of them. */
  private static Dataset<Row> clusters(Dataset<Row> deciding) {
    Column place =
        row_number().over(Window.partitionBy("word").orderBy(col("part").desc(), col("record")));
    Column named =
        collect_list(
            when(col("place").leq(NAMED), struct(col("place"), col("record"), col("relevance"))));
    Column sketches =
        collect_list(when(col("place").leq(SKETCHED), struct(col("place"), col("sketch"))));
    return deciding
        .withColumn("place", place)
        .groupBy("word")
        .agg(
            count(lit(1)).as("size"),
            sort_array(sketches).getField("sketch").as("sketches"),
            avg("part").as("focus"),
            sort_array(named).as("sorted"))
        .withColumn(
            "examples",
            expr("transform(sorted, r -> struct(r.record as record, r.relevance as relevance))"))
        .where(col("size").geq(LEAST_RECORDS))
        .withColumn("variety", expr(TextSketch.texts("sketches") + " / size(sketches)"))
        .orderBy(col("size").desc(), col("word"))
        .limit(MOST_CLUSTERS)
        .select("word", "size", "variety", "focus", "examples");
  }

  /** Few rows, so that what they are made of is read once. */
  private static Dataset<Row> collected(Dataset<Row> rows) {
    return rows.sparkSession().createDataFrame(rows.collectAsList(), rows.schema());
  }

  /** Of each word: the records in which it stands, and what it has in those of the usual answer. */
  private static Dataset<Row> said(Dataset<Row> rows) {
    Column answer = struct(col("target"), col("records"), expr("sum / records").as("mean"));
    return WordTable.withoutShares(rows, List.of("target"))
        .groupBy("word")
        .agg(
            sum("records").as("everywhere"),
            max_by(answer, struct(col("records"), col("target"))).as("most"))
        .select("word", "everywhere", "most.*");
  }

  private static Map<String, SteadyWords.Usual> usual(Dataset<Row> said) {
    Map<String, SteadyWords.Usual> usual = new HashMap<>();
    for (Row row : said.select("word", "target", "mean").collectAsList()) {
      usual.put(row.getString(0), new SteadyWords.Usual(row.getString(1), row.getDouble(2)));
    }
    return usual;
  }

  /** The lower end of the 95 % interval of a share of all records of a word, by Wilson's score. */
  private static String lower(String part) {
    String p = String.format("(%s / cast(everywhere as double))", part);
    String n = "(everywhere * variety)";
    return String.format(
        "(%1$s + %3$sD / %2$s - sqrt(%4$sD * %1$s * (1D - %1$s) / %2$s + %5$sD / (%2$s * %2$s)))"
            + " / (1D + %4$sD / %2$s)",
        p, n, Z * Z / 2, Z * Z, Z * Z * Z * Z / 4);
  }
}
