package io.sparklrp.spark.aggregate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.trim;

import io.sparklrp.error.UserException;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Terms that are asked about, such as names of groups of people: one or several words each.
 *
 * @param forms columns of how a term is written in texts, the term, and its group; a term is
 *     written in two ways where it holds signs that some tokenizers make words of
 * @param longest words of the longest form
 * @param signs how many signs one has before its first letter or behind its last, at most
 */
public record Lexicon(Dataset<Row> forms, int longest, int signs) {
  private static final List<String> COLUMNS = List.of("term", "group");
  private static final int MOST_WORDS = 10;
  private static final long MOST_TERMS = 100_000;

  /**
   * That of a table.
   *
   * @param table its columns {@code term} and {@code group}
   * @param name of the table, for messages
   * @throws UserException if it has no such columns, none or too many terms, or one without words
   */
  public static Lexicon of(Dataset<Row> table, String name) {
    for (String column : COLUMNS) {
      if (!Arrays.asList(table.columns()).contains(column)) {
        throw refused(
            name, "it has no column '" + column + "'", "a CSV with the header term,group");
      }
    }
    Dataset<Row> terms =
        table
            .select(
                expr(TermPlaces.blanks("lower(cast(term as string))")).as("term"),
                trim(col("group").cast("string")).as("group"))
            .distinct();
    long all = terms.count();
    if (all == 0 || all > MOST_TERMS) {
      throw refused(
          name, String.format("it has %,d terms", all), String.format("1 to %,d", MOST_TERMS));
    }
    if (!terms.where("term is null or term = '' or group is null or group = ''").isEmpty()) {
      throw refused(name, "a line has no term, or no group", "both in each line");
    }
    Dataset<Row> forms =
        terms.select(
            expr("explode(" + TermPlaces.forms("term") + ")").as("form"),
            col("term"),
            col("group"));
    Row most =
        forms.agg(max(expr("size(split(form, ' '))")), max(expr(TermPlaces.signs("form")))).first();
    int longest = most.getInt(0);
    if (longest > MOST_WORDS) {
      throw refused(
          name, "a term has " + longest + " words", "terms of " + MOST_WORDS + " at most");
    }
    return new Lexicon(forms, longest, most.getInt(1));
  }

  private static UserException refused(String name, String reason, String instead) {
    return new UserException(
        String.format("Cannot use lexicon %s: %s. Give %s.", name, reason, instead));
  }
}
