package io.sparklrp.spark.aggregate;

import static io.sparklrp.spark.aggregate.ExplainedCorpus.columns;
import static io.sparklrp.spark.aggregate.WordSums.prefixed;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The same records in two outputs: how often both models say the same, and how alike the relevance
 * of words is (the cosine), of records whose words are the same ones; and by how much the score of
 * the first is higher, with its sign and without. Of records that have one name any is taken.
 */
public final class ModelTable {
  private static final String SAME_WORDS =
      "transform(words, w -> w.word) = transform(other_words, w -> w.word)";

  private ModelTable() {}

  /** The table, by target and what both models say; keys are the records' own names. */
  public static Dataset<Row> of(ExplainedCorpus corpus, ExplainedCorpus other) {
    Dataset<Row> one =
        corpus
            .rows()
            .select(columns(List.of("key", "target", "predicted", "score", "words")))
            .dropDuplicates("key", "target");
    Dataset<Row> two =
        other
            .rows()
            .select(prefixed("key", "target", "predicted", "score", "words"))
            .dropDuplicates("other_key", "other_target");
    String lengths =
        String.format("sqrt(%s * %s)", dot("words", "words"), dot("other_words", "other_words"));
    return one.join(two, expr("key = other_key and target = other_target"), "inner")
        .withColumn("lengths", expr(String.format("if(%s, %s, null)", SAME_WORDS, lengths)))
        .withColumn(
            "cosine",
            expr(String.format("if(lengths > 0, %s / lengths, null)", dot("words", "other_words"))))
        .groupBy("target", "predicted", "other_predicted")
        .agg(
            count(lit(1)).as("records"),
            count(col("cosine")).as("compared"),
            avg("cosine").as("cosine"),
            avg(expr("score - other_score")).as("score_difference"),
            avg(expr("abs(score - other_score)")).as("score_distance"));
  }

  private static String dot(String a, String b) {
    return String.format(
        "aggregate(zip_with(%s, %s, (a, b) -> a.relevance * b.relevance), 0D, (total, x) -> total + x)",
        a, b);
  }
}
