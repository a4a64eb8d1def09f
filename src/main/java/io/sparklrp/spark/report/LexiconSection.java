package io.sparklrp.spark.report;

import static org.apache.spark.sql.functions.col;

import io.sparklrp.report.Amount;
import io.sparklrp.report.Axis;
import io.sparklrp.report.Cell;
import io.sparklrp.report.ReportTable;
import io.sparklrp.report.Section;
import java.util.ArrayList;
import java.util.Comparator;
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

  /** Of terms in fewer records little can be said. */
  private static final long FEW = 5;

  private LexiconSection() {}

  /**
   * The section; empty where nothing was asked.
   *
   * @param terms the table {@code lexicon}; empty where there is none
   * @param groups the table {@code lexicon_groups}
   * @param swapped the table {@code counterfactual}
   * @param targets that are shown, the first first
   */
  public static Optional<Section> of(
      Optional<Dataset<Row>> terms,
      Optional<Dataset<Row>> groups,
      Optional<Dataset<Row>> swapped,
      List<String> targets) {
    List<ReportTable> tables = new ArrayList<>();
    List<String> verdicts = new ArrayList<>();
    groups.ifPresent(
        table ->
            each(table, "records", targets, (target, rows) -> tables.add(groups(target, rows))));
    terms.ifPresent(
        table ->
            each(
                table,
                "records",
                targets,
                (target, rows) -> {
                  verdicts.add(verdict(target, rows));
                  addTerms(tables, target, rows);
                }));
    swapped.ifPresent(
        table ->
            each(
                table,
                "score_difference",
                targets,
                (target, rows) -> addFolded(tables, swapped(target, rows))));
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
    Map<String, List<Row>> byTarget =
        TableRows.by(
            "target",
            TableRows.first(
                table.where(col("target").isin(targets.toArray())),
                List.of("target"),
                col(order).desc(),
                MOST));
    targets.stream()
        .filter(byTarget::containsKey)
        .forEach(target -> use.add(target, byTarget.get(target)));
  }

  private static void addFolded(List<ReportTable> tables, ReportTable table) {
    tables.add(table.rows().size() > SHOWN ? table.folded() : table);
  }

  private static void addTerms(List<ReportTable> tables, String target, List<Row> rows) {
    Map<Boolean, List<Row>> byFew =
        rows.stream()
            .collect(Collectors.partitioningBy(row -> TableRows.count(row, "records") < FEW));
    if (!byFew.get(false).isEmpty()) {
      addFolded(tables, terms(target + ": terms beside words as common", byFew.get(false)));
    }
    if (!byFew.get(true).isEmpty()) {
      String caption =
          target + ": terms in fewer than " + FEW + " records, of which little can be said";
      tables.add(terms(caption, byFew.get(true)).folded());
    }
  }

  /** Which terms of enough records lie outside of the words that are as common. */
  private static String verdict(String target, List<Row> rows) {
    List<Row> enough = rows.stream().filter(row -> TableRows.count(row, "records") >= FEW).toList();
    String above = named(enough, row -> isBeyond(row, "mean", "neutral_high"));
    String below = named(enough, row -> isBeyond(row, "neutral_low", "mean"));
    return String.format(
        Locale.ROOT,
        "%s: of %,d terms in %d records or more, above 95 %% of the words as common: %s; below them: %s.",
        target,
        enough.size(),
        FEW,
        above,
        below);
  }

  private static boolean isBeyond(Row row, String higher, String lower) {
    Double high = TableRows.number(row, higher);
    Double low = TableRows.number(row, lower);
    return high != null && low != null && high > low;
  }

  private static String named(List<Row> rows, Predicate<Row> which) {
    String names =
        rows.stream()
            .filter(which)
            .map(row -> row.<String>getAs("term"))
            .sorted()
            .collect(Collectors.joining(", "));
    return names.isEmpty() ? "none" : names;
  }

  private static ReportTable groups(String target, List<Row> rows) {
    Axis axis = TableRows.axis(rows, "mean", "low", "high");
    return ReportTable.open(
        target + ": groups of terms",
        List.of("group", "records", "mean relevance (95 % interval)", "the model says it"),
        sorted(rows, "mean").stream()
            .map(
                row ->
                    List.of(
                        Cell.text(row.getAs("group")),
                        Cell.count(TableRows.count(row, "records")),
                        TableRows.bar(row, "mean", "low", "high", axis),
                        Cell.share(TableRows.number(row, "predicted"))))
            .toList());
  }

  private static ReportTable terms(String caption, List<Row> rows) {
    Axis axis = TableRows.axis(rows, "mean", "low", "high");
    return ReportTable.open(
        caption,
        List.of(
            "group",
            "term",
            "records",
            "mean relevance (95 % interval)",
            "words as common: 95 % of their means",
            "place among them",
            "the model says it",
            "records with most",
            "with least"),
        sorted(rows, "mean").stream().map(row -> term(row, axis)).toList());
  }

  private static List<Cell> term(Row row, Axis axis) {
    Double low = TableRows.number(row, "neutral_low");
    String between =
        low == null
            ? "–"
            : String.format(
                Locale.ROOT,
                "%s to %s (%,d)",
                Amount.signed(low),
                Amount.signed(TableRows.number(row, "neutral_high")),
                TableRows.count(row, "neutral_words"));
    return List.of(
        Cell.text(row.getAs("group")),
        Cell.text(row.getAs("term")),
        Cell.count(TableRows.count(row, "records")),
        TableRows.bar(row, "mean", "low", "high", axis),
        Cell.number(between),
        Cell.share(TableRows.number(row, "place")),
        Cell.share(TableRows.number(row, "predicted")),
        TableRows.records(row, "most"),
        TableRows.records(row, "least"));
  }

  private static ReportTable swapped(String target, List<Row> rows) {
    Axis scores = TableRows.axis(rows, "score_difference", "score_low", "score_high");
    Axis own = TableRows.axis(rows, "relevance_difference", "relevance_low", "relevance_high");
    return ReportTable.open(
        target + ": one term in the place of another",
        List.of(
            "term",
            "texts",
            "score, from the mean (95 % interval)",
            "its own relevance, from the mean (95 % interval)",
            "its own relevance",
            "the model says it",
            "more often than the mean"),
        sorted(rows, "score_difference").stream()
            .map(
                row ->
                    List.of(
                        Cell.text(row.getAs("term")),
                        Cell.count(TableRows.count(row, "frames")),
                        TableRows.bar(row, "score_difference", "score_low", "score_high", scores),
                        TableRows.bar(
                            row, "relevance_difference", "relevance_low", "relevance_high", own),
                        Cell.amount(TableRows.number(row, "relevance")),
                        Cell.share(TableRows.number(row, "predicted")),
                        moreOften(TableRows.number(row, "predicted_difference"))))
            .toList());
  }

  private static Cell moreOften(Double difference) {
    return difference == null ? Cell.amount(null) : Cell.number(Amount.signedPercent(difference));
  }

  private static List<Row> sorted(List<Row> rows, String column) {
    Comparator<Double> last = Comparator.nullsLast(Comparator.reverseOrder());
    return rows.stream()
        .sorted(Comparator.comparing(row -> TableRows.number(row, column), last))
        .toList();
  }
}
