package io.sparklrp.spark.report;

import static org.apache.spark.sql.functions.col;

import io.sparklrp.report.Cell;
import io.sparklrp.report.ReportTable;
import io.sparklrp.report.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The same by values of the records' own columns. */
public final class SlicesSection {
  private static final int MOST = 200;

  private SlicesSection() {}

  /**
   * The section.
   *
   * @param slices the table of that name
   * @param columns the records' own columns, as the table calls them
   * @param names the same, as the records call them
   * @param targets that are shown, the first first
   */
  public static Section of(
      Dataset<Row> slices, List<String> columns, List<String> names, List<String> targets) {
    List<Row> rows =
        TableRows.first(
            slices.where("part = 'words'").where(col("target").isin(targets.toArray())),
            List.of("target"),
            col("records").desc(),
            MOST);
    Map<String, List<Row>> byTarget = TableRows.by("target", rows);
    List<ReportTable> tables = new ArrayList<>();
    for (String target : targets) {
      if (byTarget.containsKey(target)) {
        tables.add(table(target, byTarget.get(target), columns, names));
      }
    }
    return Section.ofTables(
        "slices",
        "By " + String.join(" and ", names),
        List.of(
            "The values with most records. What words are in each is in the table words_by_slice."),
        tables);
  }

  private static ReportTable table(
      String target, List<Row> rows, List<String> columns, List<String> names) {
    List<String> head =
        Stream.concat(
                names.stream(),
                Stream.of(
                    "records",
                    "mean score",
                    TableRows.PREDICTED,
                    "mean relevance of a record's words, in sum"))
            .toList();
    List<List<Cell>> cells = new ArrayList<>();
    for (Row row : rows) {
      List<Cell> own = new ArrayList<>();
      columns.forEach(column -> own.add(Cell.text(row.getAs(column))));
      own.add(Cell.count(TableRows.count(row, "records")));
      own.add(TableRows.bar(row, "score"));
      own.add(Cell.share(TableRows.number(row, "predicted")));
      own.add(Cell.amount(TableRows.number(row, "mean")));
      cells.add(own);
    }
    return TableRows.withoutKnown(ReportTable.open(target, head, cells), rows);
  }
}
