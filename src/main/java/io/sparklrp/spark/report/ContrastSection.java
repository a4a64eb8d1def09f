package io.sparklrp.spark.report;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.col;

import io.sparklrp.report.Cell;
import io.sparklrp.report.ReportTable;
import io.sparklrp.report.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What tells targets apart: words whose mean relevance differs most between two of them. */
public final class ContrastSection {
  private static final int SHOWN = 20;

  private ContrastSection() {}

  /**
   * The section; empty where no word is known to differ.
   *
   * @param contrast the table of that name
   * @param targets that are shown
   */
  public static Optional<Section> of(Dataset<Row> contrast, List<String> targets) {
    Object[] shown = targets.toArray();
    Dataset<Row> apart =
        contrast
            .where(col("target").isin(shown))
            .where(col("other_target").isin(shown))
            .where(TableRows.APART);
    List<Row> rows =
        TableRows.first(
            apart, List.of("target", "other_target"), abs(col("difference")).desc(), SHOWN);
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    List<ReportTable> tables = new ArrayList<>();
    TableRows.by("target", rows)
        .values()
        .forEach(
            own ->
                TableRows.by("other_target", own)
                    .values()
                    .forEach(pair -> tables.add(table(pair))));
    return Optional.of(
        Section.ofTables(
            "contrast",
            "What tells answers apart",
            List.of(
                "Words that speak for one answer more than for the other, by the difference of their means, the first answer's less"
                    + " the second's: above 0 a word speaks more for the first, below 0 more for the second. Compared are words"
                    + " that stand in enough records of both (aggregate --least); shown are those alone whose interval does not hold 0, of"
                    + " which one in twenty words may be by chance."),
            tables));
  }

  private static ReportTable table(List<Row> pair) {
    String one = pair.get(0).getAs("target");
    String other = pair.get(0).getAs("other_target");
    return ReportTable.open(
        one + " less " + other,
        List.of("word", "difference (95 % interval)", "mean for " + one, "mean for " + other),
        pair.stream()
            .map(
                row ->
                    List.of(
                        Cell.text(row.getAs("word")),
                        TableRows.bar(row, "difference", "low", "high"),
                        Cell.amount(TableRows.number(row, "mean")),
                        Cell.amount(TableRows.number(row, "other_mean"))))
            .toList());
  }
}
