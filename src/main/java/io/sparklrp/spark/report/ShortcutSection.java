package io.sparklrp.spark.report;

import static org.apache.spark.sql.functions.col;

import io.sparklrp.report.Cell;
import io.sparklrp.report.ReportTable;
import io.sparklrp.report.Section;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Clusters of records that one word decides. */
public final class ShortcutSection {
  private static final int SHOWN = 15;

  private ShortcutSection() {}

  /**
   * The section.
   *
   * @param shortcuts the table of that name
   */
  public static Section of(Dataset<Row> shortcuts) {
    List<Row> found =
        shortcuts.where("found").orderBy(col("score").desc()).limit(SHOWN).collectAsList();
    String said =
        found.isEmpty()
            ? "None was found among clusters of records that the model decides in the same way."
            : "Clusters of records that the model decides by one word, whatever else stands there. Read the records: a word"
                + " may be a good reason, too.";
    return Section.ofTables(
        "shortcuts",
        "Shortcuts",
        List.of(said),
        found.isEmpty() ? List.of() : List.of(table(found)));
  }

  private static ReportTable table(List<Row> rows) {
    return ReportTable.open(
        "What looks like a shortcut",
        List.of(
            "word",
            "answer",
            "records",
            "of all",
            "different texts among them",
            "part of the evidence that is the word's",
            "same answer wherever it stands",
            "and as much",
            "its records that are here",
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
