package io.sparklrp.spark.report;

import io.sparklrp.report.Amount;
import io.sparklrp.report.Cell;
import io.sparklrp.report.ReportTable;
import java.util.List;
import org.apache.spark.sql.Row;

/** Terms in the same texts, one in the place of another. */
final class SwappedTermsTable {
  private SwappedTermsTable() {}

  /** The table of an answer, those that raise its score most first. */
  static ReportTable of(String target, List<Row> rows) {
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
        TableRows.sorted(rows, "score_difference").stream()
            .map(
                row ->
                    List.of(
                        Cell.text(row.getAs("term")),
                        Cell.count(TableRows.count(row, "frames")),
                        TableRows.bar(row, "score_difference", "score_low", "score_high"),
                        TableRows.bar(
                            row, "relevance_difference", "relevance_low", "relevance_high"),
                        Cell.amount(TableRows.number(row, "relevance")),
                        Cell.share(TableRows.number(row, "predicted")),
                        moreOften(TableRows.number(row, "predicted_difference"))))
            .toList());
  }

  private static Cell moreOften(Double difference) {
    return difference == null ? Cell.amount(null) : Cell.number(Amount.signedPercent(difference));
  }
}
