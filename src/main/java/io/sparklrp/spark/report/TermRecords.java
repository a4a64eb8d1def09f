package io.sparklrp.spark.report;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.col;

import io.sparklrp.report.Amount;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Records that show what words do: those that the tables of words, and of terms that were asked
 * about, name.
 */
final class TermRecords {
  private static final int MOST = 500;

  private TermRecords() {}

  /**
   * A record of a term.
   *
   * @param target the answer that it is to be seen for
   * @param name what the record is called
   * @param reason why it is shown
   */
  record Named(String target, String name, String reason) {}

  /**
   * The records, each with most of a term that speaks for its answer, or least of one that speaks
   * against it.
   *
   * @param terms the table {@code lexicon}
   * @param targets whose terms are looked at
   * @param least records that a term stands in
   * @param many terms of each target: those beyond the words as common first, then those whose mean
   *     is farthest from 0
   */
  static List<Named> of(Dataset<Row> terms, List<String> targets, long least, int many) {
    Map<String, List<Row>> byTarget =
        TableRows.ofTargets(terms, targets, abs(col("mean")).desc_nulls_last(), MOST);
    List<Named> named = new ArrayList<>();
    for (String target : targets) {
      byTarget.getOrDefault(target, List.of()).stream()
          .map(row -> new LexiconTerm(row, least))
          .filter(term -> !term.isOfFew() && term.mean() != null)
          .sorted(Comparator.comparing(LexiconTerm::isOutside).reversed())
          .limit(many)
          .forEach(term -> add(named, target, term.term(), term.row(), term.speaksForIt()));
    }
    return named;
  }

  /**
   * The records of the words that weigh most in sum: each with most of one that speaks for its
   * answer, or least of one that speaks against it.
   *
   * @param words the table of that name
   * @param targets whose words are looked at
   * @param least records that a word stands in
   * @param many words of each target
   */
  static List<Named> ofWords(Dataset<Row> words, List<String> targets, long least, int many) {
    Map<String, List<Row>> byTarget =
        TableRows.ofTargets(
            words.where(col("records").geq(least)), targets, abs(col("sum")).desc(), many);
    List<Named> named = new ArrayList<>();
    byTarget.forEach(
        (target, rows) ->
            rows.forEach(
                row -> add(named, target, row.getAs("word"), row, row.<Double>getAs("sum") > 0)));
    return named;
  }

  private static void add(
      List<Named> named, String target, String word, Row row, boolean speaksForIt) {
    List<Row> records = row.getList(row.fieldIndex(speaksForIt ? "most" : "least"));
    Stream.ofNullable(records)
        .flatMap(List::stream)
        .limit(1)
        .map(
            one ->
                new Named(
                    target, String.valueOf(one.get(0)), reason(word, target, one.getDouble(1))))
        .forEach(named::add);
  }

  private static String reason(String word, String target, double relevance) {
    return String.format(
        "“%s” speaks most %s %s here: %s",
        word, relevance < 0 ? "against" : "for", target, Amount.signed(relevance));
  }
}
