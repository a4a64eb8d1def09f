package io.sparklrp.spark.report;

import io.sparklrp.report.Amount;
import io.sparklrp.report.Cell;
import io.sparklrp.report.ReportTable;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Row;

/** Terms of a lexicon where they stand in texts, beside words that are as common. */
final class LexiconTermsTable {
  private LexiconTermsTable() {}

  /** The table of some terms, those with the highest mean first. */
  static ReportTable of(String caption, List<LexiconTerm> terms) {
    List<Row> rows = terms.stream().map(LexiconTerm::row).toList();
    ReportTable table =
        ReportTable.open(
            caption,
            List.of(
                "group",
                "term",
                "records",
                "mean relevance (95 % interval)",
                "words as common: 95 % of their means",
                "place among them",
                TableRows.PREDICTED,
                "records with most",
                "with least"),
            TableRows.sorted(rows, "mean").stream().map(LexiconTermsTable::term).toList());
    return TableRows.withoutKnown(table, rows);
  }

  private static List<Cell> term(Row row) {
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
        TableRows.bar(row, "mean", "low", "high"),
        Cell.number(between),
        Cell.share(TableRows.number(row, "place")),
        Cell.share(TableRows.number(row, "predicted")),
        TableRows.records(row, "most"),
        TableRows.records(row, "least"));
  }
}
