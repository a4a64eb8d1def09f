package io.sparklrp.spark.aggregate;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.stddev_samp;
import static org.apache.spark.sql.functions.trim;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * The same text with one term in the place of another: how far each term moves the score and its
 * own relevance from the mean of all terms of the frame, with 95 % intervals over frames, and how
 * much more often the model says the target. Only frames count that have all their terms under a
 * target: others would be compared where the model happens to say the same.
 */
public final class CounterfactualTable {
  private static final String FRAME = ExplainedCorpus.SLICE + 0;
  private static final String TERM = ExplainedCorpus.SLICE + 1;

  private CounterfactualTable() {}

  /**
   * The table, by target and term; empty where no frame has all its terms under one target.
   *
   * @param corpus its first column tells frames apart, its second has the term; every record has
   *     both
   */
  public static Dataset<Row> of(ExplainedCorpus corpus) {
    Dataset<Row> once =
        TermPlaces.withParts(corpus.rows())
            .withColumn("term", lower(trim(col(TERM))))
            .withColumn("forms", expr(TermPlaces.forms("term")))
            .withColumn("relevance", expr(relevance()))
            .groupBy(col("target"), col(FRAME).as("frame"), col("term"))
            .agg(
                avg("score").as("score"),
                avg("relevance").as("relevance"),
                avg("is_predicted").as("predicted"));
    return moved(whole(once))
        .groupBy("target", "term")
        .agg(
            count(lit(1)).as("frames"),
            avg("score_moved").as("score_difference"),
            half("score_moved").as("score_half"),
            avg("relevance").as("relevance"),
            avg("relevance_moved").as("relevance_difference"),
            half("relevance_moved").as("relevance_half"),
            avg("predicted").as("predicted"),
            avg("predicted_moved").as("predicted_difference"))
        .withColumn("score_low", expr("score_difference - score_half"))
        .withColumn("score_high", expr("score_difference + score_half"))
        .withColumn("relevance_low", expr("relevance_difference - relevance_half"))
        .withColumn("relevance_high", expr("relevance_difference + relevance_half"))
        .drop("score_half", "relevance_half");
  }

  /** Of the term's words, wherever they stand; null where they do not. */
  private static String relevance() {
    return String.format(
        "aggregate(filter(%s, run -> arrays_overlap(forms, run.forms)),"
            + " cast(null as double), (t, run) -> coalesce(t, 0D) + run.relevance)",
        TermPlaces.runs(
            "array_max(transform(forms, f -> size(split(f, ' '))))",
            "array_max(transform(forms, f -> " + TermPlaces.signs("f") + "))"));
  }

  private static Dataset<Row> whole(Dataset<Row> once) {
    Dataset<Row> terms = once.groupBy("frame").agg(countDistinct("term").as("all"));
    return once.withColumn("under", count(lit(1)).over(Window.partitionBy("target", "frame")))
        .join(terms, new String[] {"frame"}, "inner")
        .where("under = all and all > 1");
  }

  private static Dataset<Row> moved(Dataset<Row> once) {
    Dataset<Row> moved = once;
    for (String name : new String[] {"score", "relevance", "predicted"}) {
      Column mean = avg(name).over(Window.partitionBy("target", "frame"));
      moved = moved.withColumn(name + "_moved", col(name).minus(mean));
    }
    return moved;
  }

  private static Column half(String name) {
    return stddev_samp(name)
        .multiply(expr(StudentT.ofRecords(String.format("count(%s)", name))))
        .divide(expr(String.format("sqrt(count(%s))", name)));
  }
}
