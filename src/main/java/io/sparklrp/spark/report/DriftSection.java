package io.sparklrp.spark.report;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.col;

import io.sparklrp.report.Cell;
import io.sparklrp.report.ReportTable;
import io.sparklrp.report.Section;
import io.sparklrp.spark.aggregate.TablesOrigin;
import io.sparklrp.spark.aggregate.TablesOrigin.Made;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What is other than in another output: words that moved, and where both models differ. */
public final class DriftSection {
  private static final int SHOWN = 20;
  private static final int MOST_TERMS = 500;

  private DriftSection() {}

  /**
   * The section.
   *
   * @param drift the table of that name
   * @param agreement the table of that name
   * @param models the table of that name; empty where records are not known to be the same
   * @param terms the table {@code lexicon_drift}; empty where no terms were asked about
   * @param origin of the tables
   * @param targets that are shown, the first first
   */
  public static Section of(
      Dataset<Row> drift,
      Dataset<Row> agreement,
      Optional<Dataset<Row>> models,
      Optional<Dataset<Row>> terms,
      TablesOrigin origin,
      List<String> targets) {
    List<ReportTable> tables = new ArrayList<>();
    tables.add(outputs(origin));
    tables.add(agreement(agreement.orderBy("target").collectAsList()));
    models.ifPresent(
        table ->
            tables.add(models(table.orderBy(col("records").desc()).limit(SHOWN).collectAsList())));
    TableRows.ofTargets(drift.where(TableRows.APART), targets, abs(col("difference")).desc(), SHOWN)
        .forEach((target, rows) -> tables.add(moved(target, rows)));
    terms.ifPresent(table -> addTerms(tables, table, targets));
    return Section.ofTables("drift", "Beside another output", said(origin), tables);
  }

  private static List<String> said(TablesOrigin origin) {
    String which =
        "This: the output that the rest of the page is of. The other: what it was compared with. Differences are this less the other.";
    boolean areOfTwoMethods =
        origin.made() != null
            && origin.otherMade() != null
            && !origin.made().method().equals(origin.otherMade().method());
    return areOfTwoMethods
        ? List.of(
            which,
            "They are of two methods, of which one need not account for all of a score as the other does: compare places and"
                + " the rank correlation rather than amounts.")
        : List.of(which);
  }

  private static ReportTable outputs(TablesOrigin origin) {
    return ReportTable.open(
        "Which two",
        List.of("what", "this", "the other"),
        List.of(
            outputs("output", origin.input(), origin.against()),
            outputs(
                "model", told(origin.made(), Made::model), told(origin.otherMade(), Made::model)),
            outputs(
                "method",
                told(origin.made(), Made::method),
                told(origin.otherMade(), Made::method)),
            outputs(
                "explained",
                told(origin.made(), DriftSection::targets),
                told(origin.otherMade(), DriftSection::targets))));
  }

  private static List<Cell> outputs(String what, String one, String other) {
    return List.of(Cell.text(what), Cell.text(one), Cell.text(other));
  }

  private static String told(Made made, Function<Made, String> what) {
    return made == null ? null : what.apply(made);
  }

  private static String targets(Made made) {
    return String.join(", ", made.targets());
  }

  private static void addTerms(List<ReportTable> tables, Dataset<Row> terms, List<String> targets) {
    TableRows.ofTargets(terms, targets, abs(col("difference")).desc(), MOST_TERMS)
        .forEach(
            (target, rows) -> {
              ReportTable table = terms(target, rows);
              tables.add(rows.size() > SHOWN ? table.folded() : table);
            });
  }

  private static ReportTable terms(String target, List<Row> rows) {
    return ReportTable.open(
        target + ": terms that were asked about",
        List.of(
            "group", "term", "this less the other (95 % interval)", "mean here", "in the other"),
        rows.stream()
            .map(
                row ->
                    List.of(
                        Cell.text(row.getAs("group")),
                        Cell.text(row.getAs("term")),
                        TableRows.bar(row, "difference", "low", "high"),
                        Cell.amount(TableRows.number(row, "mean")),
                        Cell.amount(TableRows.number(row, "other_mean"))))
            .toList());
  }

  private static ReportTable agreement(List<Row> rows) {
    return ReportTable.open(
        "How far the words of both agree",
        List.of(
            "answer",
            "words of both",
            "rank correlation of their means",
            "mean difference, whatever its sign"),
        rows.stream()
            .map(
                row ->
                    List.of(
                        Cell.text(row.getAs("target")),
                        Cell.count(TableRows.count(row, "words")),
                        plain(TableRows.number(row, "rank_agreement")),
                        plain(TableRows.number(row, "mean_change"))))
            .toList());
  }

  private static Cell plain(Double number) {
    return Cell.number(number == null ? "–" : String.format(Locale.ROOT, "%.3f", number));
  }

  private static ReportTable models(List<Row> rows) {
    return ReportTable.open(
        "The same records by both",
        List.of(
            "explained",
            "this says",
            "the other says",
            "records",
            "likeness of relevance",
            "score, this less the other",
            "and whatever its sign"),
        rows.stream()
            .map(
                row ->
                    List.of(
                        Cell.text(row.getAs("target")),
                        Cell.text(row.getAs("predicted")),
                        Cell.text(row.getAs("other_predicted")),
                        Cell.count(TableRows.count(row, "records")),
                        plain(TableRows.number(row, "cosine")),
                        Cell.amount(TableRows.number(row, "score_difference")),
                        plain(TableRows.number(row, "score_distance"))))
            .toList());
  }

  private static ReportTable moved(String target, List<Row> rows) {
    return ReportTable.open(
        target + ": words that moved most",
        List.of(
            "word",
            "this less the other (95 % interval)",
            "mean here",
            "in the other",
            "place by its mean here",
            "in the other"),
        rows.stream()
            .map(
                row ->
                    List.of(
                        Cell.text(row.getAs("word")),
                        TableRows.bar(row, "difference", "low", "high"),
                        Cell.amount(TableRows.number(row, "mean")),
                        Cell.amount(TableRows.number(row, "other_mean")),
                        Cell.count(TableRows.count(row, "place")),
                        Cell.count(TableRows.count(row, "other_place"))))
            .toList());
  }
}
