package io.sparklrp.spark.aggregate;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log2;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * What terms of a lexicon have to do with each target, beside words that are as common: {@link
 * WordTable} of the terms, how often the model says the target where a term stands and what its
 * score is, and the means of words of the same target that stand in as many records, to a factor of
 * two, and are no term: how many there are, their mean, where 95 % of them lie, and the part of
 * them that is below the term's ({@code place}: 0 or 1 is a term beyond all of them).
 */
public final class LexiconTable {
  private static final List<String> KEYS = List.of("target", "group");
  private static final List<String> TERM = List.of("target", "group", "term");
  private static final String OCTAVE = "octave";

  /** 1 for a word that is no term. */
  private static final String OTHER = "is_other";

  private LexiconTable() {}

  /**
   * The table, by target, group and term.
   *
   * @param places what {@link TermPlaces} gives; read several times
   * @param words what {@link WordTable} gives, of targets alone
   */
  public static Dataset<Row> of(Dataset<Row> places, Lexicon lexicon, Dataset<Row> words) {
    Dataset<Row> terms = terms(places);
    String[] names = TERM.toArray(String[]::new);
    return terms
        .join(said(places), names, "left")
        .join(neutral(terms, lexicon, words), names, "left")
        .na()
        .fill(0L, new String[] {"neutral_words"});
  }

  /** What {@link WordTable} tells of terms, by target, group and term. */
  static Dataset<Row> terms(Dataset<Row> places) {
    return WordTable.withoutShares(byRecord(places, KEYS), KEYS).withColumnRenamed("word", "term");
  }

  /**
   * The same by target and group, as if all terms of a group were one; without other words.
   *
   * @param places what {@link TermPlaces} gives; read several times
   */
  public static Dataset<Row> groups(Dataset<Row> places) {
    List<String> keys = List.of("target");
    Dataset<Row> ofGroups = places.withColumn("word", col("group"));
    return WordTable.withoutShares(byRecord(ofGroups, keys), keys)
        .withColumnRenamed("word", "group")
        .join(
            said(ofGroups)
                .select(col("target"), col("term").as("group"), col("predicted"), col("score")),
            new String[] {"target", "group"},
            "left");
  }

  /** The places of each record in one row. */
  private static Dataset<Row> byRecord(Dataset<Row> places, List<String> keys) {
    return places
        .groupBy(ExplainedCorpus.columns(keys, "key"))
        .agg(
            min("record").as("record"),
            collect_list(struct(col("word"), col("r").as("relevance"))).as("words"));
  }

  /** What the model says of records with each term: a record counts once. */
  private static Dataset<Row> said(Dataset<Row> places) {
    return places
        .withColumnRenamed("word", "term")
        .groupBy("target", "group", "term", "key")
        .agg(first("is_predicted").as("is_predicted"), first("score").as("score"))
        .groupBy("target", "group", "term")
        .agg(avg("is_predicted").as("predicted"), avg("score").as("score"));
  }

  /**
   * Other words that are as common. The words of an octave are counted once, whatever the number of
   * terms in it, and a term's place among them is found by their order.
   */
  private static Dataset<Row> neutral(Dataset<Row> terms, Lexicon lexicon, Dataset<Row> words) {
    Dataset<Row> others =
        words
            .join(
                broadcast(lexicon.forms().select(col("form").as("word")).distinct()),
                new String[] {"word"},
                "left_anti")
            .select(col("target"), octave(), col("mean"));
    return places(terms, others)
        .join(broadcast(octaves(others)), new String[] {"target", OCTAVE}, "inner")
        .withColumn("place", expr("(not_above - equal / 2D) / neutral_words"))
        .drop(OCTAVE, "not_above", "equal");
  }

  /** What is told of the other words of an octave. */
  private static Dataset<Row> octaves(Dataset<Row> others) {
    return others
        .groupBy("target", OCTAVE)
        .agg(
            count(lit(1)).as("neutral_words"),
            avg("mean").as("neutral_mean"),
            expr("percentile_approx(mean, array(0.025D, 0.975D), 10000)").as("between"))
        .withColumn("neutral_low", expr("between[0]"))
        .withColumn("neutral_high", expr("between[1]"))
        .drop("between");
  }

  /** How many other words of its octave have no larger mean than a term, and how many the same. */
  private static Dataset<Row> places(Dataset<Row> terms, Dataset<Row> others) {
    WindowSpec octave = Window.partitionBy("target", OCTAVE);
    Dataset<Row> asked =
        terms.select(
            col("target"), octave(), col("mean"), lit(0L).as(OTHER), col("group"), col("term"));
    Dataset<Row> all =
        asked.unionByName(
            others
                .withColumn(OTHER, lit(1L))
                .withColumn("group", lit(null))
                .withColumn("term", lit(null)));
    return all.withColumn("not_above", sum(OTHER).over(octave.orderBy("mean")))
        .withColumn("equal", sum(OTHER).over(Window.partitionBy("target", OCTAVE, "mean")))
        .where(col(OTHER).equalTo(0))
        .drop(OTHER, "mean");
  }

  private static Column octave() {
    return floor(log2(col("records"))).as(OCTAVE);
  }
}
