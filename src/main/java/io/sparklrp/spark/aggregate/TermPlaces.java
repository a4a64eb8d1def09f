package io.sparklrp.spark.aggregate;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.monotonically_increasing_id;
import static org.apache.spark.sql.functions.struct;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * Where terms of several words stand in records: runs of words that are a term's, however a
 * tokenizer cuts them. Signs at the ends of a run are no part of it unless they are the term's; a
 * term within a longer one is not counted.
 */
public final class TermPlaces {
  private static final String LETTER = "[\\p{L}\\p{M}\\p{N}]";
  private static final String SIGNS = "[^\\p{L}\\p{M}\\p{N}\\s]+";

  /** Signs before a word, which has letters, and signs behind it. */
  private static final String BEFORE = "^" + SIGNS + "(?=" + LETTER + ")";

  private static final String BEHIND = "(?<=" + LETTER + ")" + SIGNS + "$";

  /** The same of words between blanks, but for the text's own ends. */
  private static final String BETWEEN =
      "(?<=\\s)" + SIGNS + "(?=" + LETTER + ")|(?<=" + LETTER + ")" + SIGNS + "(?=\\s)";

  /** The corpus's key, which need not tell its rows apart. */
  static final String OWN_KEY = "own_key";

  private TermPlaces() {}

  /**
   * A row for each place: {@code target}, {@code key}, which tells rows apart, {@code own_key}, the
   * corpus's own, {@code record}, {@code group}, {@code word}, which is the term, {@code r}, the
   * relevance of its words in sum, and the record's {@code is_predicted} and {@code score}.
   */
  public static Dataset<Row> of(ExplainedCorpus corpus, Lexicon lexicon) {
    Dataset<Row> runs =
        withParts(corpus.rows())
            .withColumn("row", monotonically_increasing_id())
            .withColumn("run", explode(expr(runs("" + lexicon.longest(), "" + lexicon.signs()))))
            .withColumn("written", explode(col("run.forms")));
    return runs.join(broadcast(lexicon.forms()), col("written").equalTo(col("form")), "inner")
        .withColumn("size", length(col("form")))
        .withColumn(
            "all",
            collect_list(struct(col("run.at"), col("run.n"), col("size")))
                .over(Window.partitionBy("row")))
        .where(
            "not exists(all, o -> o.at <= run.at and o.at + o.n >= run.at + run.n"
                + " and (o.n > run.n or (o.n = run.n and o.size > size)))")
        .select(
            col("target"),
            col("row").cast("string").as("key"),
            col("key").as(OWN_KEY),
            col("record"),
            col("is_predicted"),
            col("score"),
            col("group"),
            col("term").as("word"),
            col("run.relevance").as("r"));
  }

  /**
   * Rows that have words, with {@code parts}: of each word the signs {@code before} its letters,
   * its {@code inner} part, the signs {@code behind}, and its {@code relevance}. The inner part of
   * a word of signs alone is all of it.
   */
  static Dataset<Row> withParts(Dataset<Row> rows) {
    String parts =
        String.format(
            "transform(words, w -> named_struct('before', %s, 'inner', regexp_replace(w.word, r'%s|%s', ''),"
                + " 'behind', %s, 'relevance', w.relevance))",
            found("w.word", BEFORE), BEFORE, BEHIND, found("w.word", BEHIND));
    return rows.where("size(words) > 0").withColumn("parts", expr(parts));
  }

  private static String found(String text, String signs) {
    return "regexp_extract(" + text + ", r'" + signs + "', 0)";
  }

  /**
   * All runs of a record's words up to a length, in SQL: {@code at}, where it begins, its {@code n}
   * words, the {@code forms} in which a term may be written there, joined by blanks, and their
   * relevance in sum. The record has {@link #withParts parts}.
   *
   * @param longest how many words, in SQL
   * @param signs how many signs at an end may be a term's, in SQL
   */
  static String runs(String longest, String signs) {
    return String.format(
        "flatten(transform(sequence(1, least(%s, size(parts))), n ->"
            + " transform(transform(sequence(1, size(parts) - n + 1), i -> named_struct('at', i, 'words', slice(parts, i, n))),"
            + " run -> named_struct('at', run.at, 'n', n, 'forms', %s, 'relevance',"
            + " aggregate(run.words, 0D, (t, w) -> t + w.relevance)))))",
        longest, formsOfRun(signs));
  }

  /** How a run may be written: with none to all of the signs at its ends, from the letters on. */
  private static String formsOfRun(String signs) {
    return String.format(
        "flatten(transform(sequence(0, least(%1$s, length(run.words[0].before))), b ->"
            + " transform(sequence(0, least(%1$s, length(run.words[n - 1].behind))), e -> concat("
            + "right(run.words[0].before, b), array_join(transform(run.words, w -> w.inner), ' '),"
            + " left(run.words[n - 1].behind, e)))))",
        signs);
  }

  /**
   * The forms of a term in SQL: as it is written, and with each sign a word of its own. Signs at
   * the ends of words within it are no part of it, as in texts.
   *
   * @param term a column, in lower case
   */
  static String forms(String term) {
    String apart = "regexp_replace(" + term + ", r'([^\\p{L}\\p{M}\\p{N}\\s])', ' $1 ')";
    String written = "regexp_replace(" + blanks(term) + ", r'" + BETWEEN + "', '')";
    return String.format("array_distinct(array(%s, %s))", written, blanks(apart));
  }

  /** How many signs that are no words a form has at an end, at most, in SQL. */
  static String signs(String form) {
    return String.format(
        "greatest(length(%s), length(%s))", found(form, BEFORE), found(form, BEHIND));
  }

  /** A text with one blank where there was white space, in SQL. */
  static String blanks(String text) {
    return "trim(regexp_replace(" + text + ", r'\\s+', ' '))";
  }
}
