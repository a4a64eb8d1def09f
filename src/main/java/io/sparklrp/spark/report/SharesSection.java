package io.sparklrp.spark.report;

import io.sparklrp.report.Cell;
import io.sparklrp.report.ReportTable;
import io.sparklrp.report.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Where scores went: words, special tokens, positions, segments, constants, and what is left. */
public final class SharesSection {
  private static final List<String> PARTS =
      List.of("words", "special tokens", "position", "segment", "bias", "residual");

  private static final List<String> COLUMNS =
      List.of("part", "mean", "mean absolute value", "share of all absolute values");

  private SharesSection() {}

  /**
   * The section.
   *
   * @param shares the table of that name
   * @param targets that are shown, the first first
   */
  public static Section of(Dataset<Row> shares, List<String> targets) {
    Map<String, List<Row>> byTarget =
        TableRows.by("target", shares.orderBy("target", "part").collectAsList());
    List<ReportTable> tables = new ArrayList<>();
    for (String target : targets) {
      tables.add(table(target, byTarget.getOrDefault(target, List.of())));
    }
    return Section.ofTables(
        "shares",
        "Where the scores went",
        List.of(
            "A score is the sum of these parts, for each record. Words are what can be read in a text; special tokens are"
                + " those that the tokenizer adds; position, segment and bias are what the model's own parameters add, not the"
                + " words: the parameters are the same for all texts, but how much they add depends on the text. The residual is"
                + " what the method does not account for."),
        tables);
  }

  private static ReportTable table(String target, List<Row> rows) {
    List<List<Cell>> cells = new ArrayList<>();
    for (String part : PARTS) {
      rows.stream()
          .filter(row -> part.equals(row.getAs("part")))
          .forEach(
              row ->
                  cells.add(
                      List.of(
                          Cell.text(part),
                          TableRows.bar(row, "mean"),
                          Cell.size(TableRows.number(row, "magnitude")),
                          Cell.share(TableRows.number(row, "share")))));
    }
    return ReportTable.open(caption(target, rows), COLUMNS, cells);
  }

  private static String caption(String target, List<Row> rows) {
    return rows.isEmpty()
        ? target
        : String.format(
            "%s: %s records, mean score %s%s",
            target,
            Cell.count(TableRows.count(rows.get(0), "records")).text(),
            Cell.amount(TableRows.number(rows.get(0), "score")).text(),
            given(TableRows.number(rows.get(0), "predicted")));
  }

  /** Of records that were explained for what the model says there is nothing to tell. */
  private static String given(Double predicted) {
    return predicted == null || predicted == 1
        ? ""
        : "; the model gives this answer to " + Cell.share(predicted).text() + " of them";
  }
}
