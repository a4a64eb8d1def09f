package io.sparklrp.spark.report;

import static org.apache.spark.sql.functions.col;

import io.sparklrp.error.Counted;
import io.sparklrp.report.Cell;
import io.sparklrp.report.ReportTable;
import io.sparklrp.report.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What terms have to do with answers: as they stand in texts, and one in the place of another. */
public final class LexiconSection {
  private static final int MOST = 500;
  private static final int SHOWN = 40;

  private LexiconSection() {}

  /**
   * The section; empty where nothing was asked.
   *
   * @param terms the table {@code lexicon}; empty where there is none
   * @param groups the table {@code lexicon_groups}
   * @param swapped the table {@code counterfactual}
   * @param targets that are shown, the first first
   * @param least records that a term stands in; of others little can be said
   */
  public static Optional<Section> of(
      Optional<Dataset<Row>> terms,
      Optional<Dataset<Row>> groups,
      Optional<Dataset<Row>> swapped,
      List<String> targets,
      long least) {
    List<ReportTable> tables = new ArrayList<>();
    List<String> verdicts = new ArrayList<>();
    groups.ifPresent(
        table ->
            each(
                table,
                "records",
                targets,
                (target, rows) -> addGroups(tables, target, rows, least)));
    terms.ifPresent(
        table ->
            each(
                table,
                "records",
                targets,
                (target, rows) -> {
                  List<LexiconTerm> found =
                      rows.stream().map(row -> new LexiconTerm(row, least)).toList();
                  verdicts.add(verdict(target, found, least));
                  addTerms(tables, target, found, least);
                }));
    swapped.ifPresent(
        table ->
            each(
                table,
                "score_difference",
                targets,
                (target, rows) -> addFolded(tables, SwappedTermsTable.of(target, rows))));
    if (tables.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        Section.ofTables(
            "terms", "Terms that were asked about", said(terms, swapped, verdicts), tables));
  }

  private static List<String> said(
      Optional<Dataset<Row>> terms, Optional<Dataset<Row>> swapped, List<String> verdicts) {
    List<String> said = new ArrayList<>();
    if (terms.isPresent()) {
      said.add(
          "Terms of the lexicon where they stand in texts, beside words of the same answer that are about as common: in as many"
              + " records, between the same powers of two (32 to 63, say). A place of 100 % is a term beyond all of these, 0 % one below all; places"
              + " among other words are not to be compared, and of few words the outermost ones are the bounds. Numbers behind records are the term's sum there.");
      said.addAll(verdicts);
    }
    if (swapped.isPresent()) {
      said.add(
          "Where texts are the same but for one term, what each term moves the score, and the part of it that is its own,"
              + " from the mean of all terms of the text.");
    }
    return said;
  }

  /** What is made of a target's rows. */
  private interface OfTarget {
    void add(String target, List<Row> rows);
  }

  private static void each(Dataset<Row> table, String order, List<String> targets, OfTarget use) {
    Map<String, List<Row>> byTarget = TableRows.ofTargets(table, targets, col(order).desc(), MOST);
    targets.stream()
        .filter(byTarget::containsKey)
        .forEach(target -> use.add(target, byTarget.get(target)));
  }

  private static void addFolded(List<ReportTable> tables, ReportTable table) {
    tables.add(table.rows().size() > SHOWN ? table.folded() : table);
  }

  private static void addTerms(
      List<ReportTable> tables, String target, List<LexiconTerm> terms, long least) {
    Map<Boolean, List<LexiconTerm>> byFew =
        terms.stream().collect(Collectors.partitioningBy(LexiconTerm::isOfFew));
    if (!byFew.get(false).isEmpty()) {
      String caption = target + ": terms beside words as common";
      addFolded(tables, LexiconTermsTable.of(caption, byFew.get(false)));
    }
    if (!byFew.get(true).isEmpty()) {
      String caption =
          String.format(
              Locale.ROOT,
              "%s: terms in fewer than %s, of which little can be said",
              target,
              Counted.of(least, "record"));
      tables.add(LexiconTermsTable.of(caption, byFew.get(true)).folded());
    }
  }

  /** Which terms of enough records lie outside of the words that are as common. */
  private static String verdict(String target, List<LexiconTerm> terms, long least) {
    List<LexiconTerm> enough = terms.stream().filter(term -> !term.isOfFew()).toList();
    return String.format(
        Locale.ROOT,
        "%s: of %s in %s or more (aggregate --least), above 95 %% of the words as common: %s; below them: %s.",
        target,
        Counted.of(enough.size(), "term"),
        Counted.of(least, "record"),
        named(enough, LexiconTerm::isAbove),
        named(enough, LexiconTerm::isBelow));
  }

  private static String named(List<LexiconTerm> terms, Predicate<LexiconTerm> which) {
    String names =
        terms.stream()
            .filter(which)
            .map(LexiconTerm::term)
            .sorted()
            .collect(Collectors.joining(", "));
    return names.isEmpty() ? "none" : names;
  }

  private static void addGroups(
      List<ReportTable> tables, String target, List<Row> rows, long least) {
    Map<Boolean, List<Row>> byFew =
        rows.stream()
            .collect(Collectors.partitioningBy(row -> TableRows.count(row, "records") < least));
    if (!byFew.get(false).isEmpty()) {
      tables.add(groups(target + ": groups of terms", byFew.get(false)));
    }
    if (!byFew.get(true).isEmpty()) {
      String caption =
          String.format("%s: groups in fewer than %s", target, Counted.of(least, "record"));
      tables.add(groups(caption, byFew.get(true)).folded());
    }
  }

  private static ReportTable groups(String caption, List<Row> rows) {
    ReportTable table =
        ReportTable.open(
            caption,
            List.of("group", "records", "mean relevance (95 % interval)", TableRows.PREDICTED),
            TableRows.sorted(rows, "mean").stream()
                .map(
                    row ->
                        List.of(
                            Cell.text(row.getAs("group")),
                            Cell.count(TableRows.count(row, "records")),
                            TableRows.bar(row, "mean", "low", "high"),
                            Cell.share(TableRows.number(row, "predicted"))))
                .toList());
    return TableRows.withoutKnown(table, rows);
  }
}
