package io.sparklrp.spark.report;

import static org.apache.spark.sql.functions.col;

import io.sparklrp.report.Cell;
import io.sparklrp.report.ReportTable;
import io.sparklrp.report.Section;
import io.sparklrp.spark.aggregate.ShortcutTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Clusters of records that one word decides. */
public final class ShortcutSection {
  private static final int SHOWN = 15;

  private static final String NEAREST =
      String.format(
          Locale.ROOT,
          "What comes nearest of the rest: a shortcut has a score of %.0f %% or more, and decides a tenth of all records at most",
          100 * ShortcutTable.LEAST_SCORE);

  private static final String AT_LEAST =
      "Shares of a word's records are the lower ends of their 95 % intervals (Wilson), of records that are no copies of each other:"
          + " what was counted is more, and few records prove little.";

  private ShortcutSection() {}

  /**
   * The section.
   *
   * @param shortcuts the table of that name
   */
  public static Section of(Dataset<Row> shortcuts) {
    List<Row> found = first(shortcuts.where("found"));
    List<Row> others = first(shortcuts.where("not found"));
    String said =
        found.isEmpty()
            ? "None was found among clusters of records that the model decides in the same way."
            : "Clusters of records that the model decides by one word, whatever else stands there. Read the records: a word"
                + " may be a good reason, too.";
    List<ReportTable> tables = new ArrayList<>();
    if (!found.isEmpty()) {
      tables.add(table("What looks like a shortcut", found));
    }
    if (!others.isEmpty()) {
      tables.add(table(NEAREST, others).folded());
    }
    return Section.ofTables("shortcuts", "Shortcuts", List.of(said, AT_LEAST), tables);
  }

  private static List<Row> first(Dataset<Row> shortcuts) {
    return shortcuts.orderBy(col("score").desc(), col("word")).limit(SHOWN).collectAsList();
  }

  private static ReportTable table(String caption, List<Row> rows) {
    return ReportTable.open(
        caption,
        List.of(
            "word",
            "usual answer where it stands",
            "records that it decides",
            "of all",
            "different texts among them",
            "part of the evidence that is the word's",
            "with the usual answer, of its records: at least",
            "with it and the usual relevance (its score): at least",
            "decided by it, of its records: at least",
            "records"),
        rows.stream()
            .map(
                row ->
                    List.of(
                        Cell.text(row.getAs("word")),
                        Cell.text(row.getAs("target")),
                        Cell.count(TableRows.count(row, "size")),
                        Cell.share(TableRows.number(row, "share")),
                        Cell.share(TableRows.number(row, "variety")),
                        Cell.share(TableRows.number(row, "focus")),
                        Cell.share(TableRows.number(row, "purity")),
                        Cell.share(TableRows.number(row, "score")),
                        Cell.share(TableRows.number(row, "captured")),
                        TableRows.records(row, "examples")))
            .toList());
  }
}
