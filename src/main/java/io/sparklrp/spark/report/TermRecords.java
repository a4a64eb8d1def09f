package io.sparklrp.spark.report;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Records that show what terms of a lexicon do: those that the table of terms names. */
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
   * The records, each with most of a term that lies above the words as common, or least of one that
   * lies below.
   *
   * @param terms the table {@code lexicon}
   * @param targets whose terms are looked at
   * @param many terms above, and below, of each target: those that lie farthest from 0
   */
  static List<Named> of(Dataset<Row> terms, List<String> targets, int many) {
    Map<String, List<Row>> byTarget =
        TableRows.ofTargets(terms, targets, abs(col("mean")).desc_nulls_last(), MOST);
    List<Named> named = new ArrayList<>();
    for (String target : targets) {
      List<LexiconTerm> found =
          byTarget.getOrDefault(target, List.of()).stream()
              .map(LexiconTerm::new)
              .filter(term -> !term.isOfFew())
              .toList();
      add(named, target, found, LexiconTerm::isAbove, "most", many);
      add(named, target, found, LexiconTerm::isBelow, "least", many);
    }
    return named;
  }

  private static void add(
      List<Named> named,
      String target,
      List<LexiconTerm> terms,
      Predicate<LexiconTerm> which,
      String end,
      int many) {
    terms.stream()
        .filter(which)
        .limit(many)
        .forEach(
            term ->
                term.records(end).stream()
                    .limit(1)
                    .map(name -> new Named(target, name, reason(term, end, target)))
                    .forEach(named::add));
  }

  private static String reason(LexiconTerm term, String end, String target) {
    return String.format("“%s” has %s relevance for %s here", term.term(), end, target);
  }
}
