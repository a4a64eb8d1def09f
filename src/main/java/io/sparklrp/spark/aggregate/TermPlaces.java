package io.sparklrp.spark.aggregate;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.monotonically_increasing_id;
import static org.apache.spark.sql.functions.struct;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * Where terms of several words stand in records: runs of words that are a term's, however a
 * tokenizer cuts them. Signs at the ends of a word are no part of it; a term within a longer one is
 * not counted.
 */
public final class TermPlaces {
  /** What is no letter, mark or digit at the ends of a word. */
  private static final String ENDS = "r'^[^\\p{L}\\p{M}\\p{N}]+|[^\\p{L}\\p{M}\\p{N}]+$'";

  private TermPlaces() {}

  /**
   * A row for each place: {@code target}, {@code key}, which tells rows apart, {@code record},
   * {@code group}, {@code word}, which is the term, {@code r}, the relevance of its words in sum,
   * and the record's {@code is_predicted} and {@code score}.
   */
  public static Dataset<Row> of(ExplainedCorpus corpus, Lexicon lexicon) {
    Dataset<Row> runs =
        corpus
            .rows()
            .where("size(words) > 0")
            .withColumn("row", monotonically_increasing_id())
            .withColumn("run", explode(expr(runs("" + lexicon.longest()))));
    return runs.join(broadcast(lexicon.forms()), col("run.word").equalTo(col("form")), "inner")
        .withColumn(
            "all",
            collect_list(struct(col("run.at"), col("run.n"))).over(Window.partitionBy("row")))
        .where(
            "not exists(all, o -> o.n > run.n and o.at <= run.at and o.at + o.n >= run.at + run.n)")
        .select(
            col("target"),
            col("row").cast("string").as("key"),
            col("record"),
            col("is_predicted"),
            col("score"),
            col("group"),
            col("term").as("word"),
            col("run.relevance").as("r"));
  }

  /**
   * All runs of a record's words up to a length, in SQL: {@code at}, where it begins, its {@code n}
   * words, these joined by blanks, and their relevance in sum. The record has words.
   *
   * @param longest how many words, in SQL
   */
  static String runs(String longest) {
    String plain = "regexp_replace(w.word, " + ENDS + ", '')";
    String word = String.format("if(%s = '', w.word, %s)", plain, plain);
    return String.format(
        "flatten(transform(sequence(1, least(%s, size(words))), n ->"
            + " transform(sequence(1, size(words) - n + 1), i -> struct(i as at, n as n,"
            + " array_join(transform(slice(words, i, n), w -> %s), ' ') as word,"
            + " aggregate(slice(words, i, n), 0D, (t, w) -> t + w.relevance) as relevance))))",
        longest, word);
  }

  /**
   * The forms of a term in SQL: as it is written, and with each sign a word of its own.
   *
   * @param term a column, in lower case
   */
  static String forms(String term) {
    String apart = "regexp_replace(" + term + ", r'([^\\p{L}\\p{M}\\p{N}\\s])', ' $1 ')";
    return String.format("array_distinct(array(%s, %s))", blanks(term), blanks(apart));
  }

  /** A text with one blank where there was white space, in SQL. */
  static String blanks(String text) {
    return "trim(regexp_replace(" + text + ", r'\\s+', ' '))";
  }
}
