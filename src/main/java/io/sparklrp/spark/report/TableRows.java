package io.sparklrp.spark.report;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.row_number;

import io.sparklrp.report.Amount;
import io.sparklrp.report.Cell;
import io.sparklrp.report.Measure;
import io.sparklrp.report.Mention;
import io.sparklrp.report.ReportTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/** Rows of a table that are shown. */
final class TableRows {
  /** Differences whose interval does not hold 0. */
  static final String APART = "low > 0 or high < 0";

  /** The part of records to which the model gives the answer. */
  static final String PREDICTED = "the model says it";

  private static final String PLACE = "__place";

  private TableRows() {}

  /** The first rows of each group in an order, groups and rows in their order. */
  static List<Row> first(Dataset<Row> table, List<String> groups, Column order, int most) {
    Column[] keys = groups.stream().map(name -> col(name)).toArray(Column[]::new);
    Column[] sorted = Stream.concat(Stream.of(keys), Stream.of(col(PLACE))).toArray(Column[]::new);
    return table
        .withColumn(PLACE, row_number().over(Window.partitionBy(keys).orderBy(order)))
        .where(col(PLACE).leq(most))
        .orderBy(sorted)
        .collectAsList();
  }

  /**
   * The first rows of each target in an order.
   *
   * @param targets of which there are to be rows
   */
  static Map<String, List<Row>> ofTargets(
      Dataset<Row> table, List<String> targets, Column order, int most) {
    Dataset<Row> asked = table.where(col("target").isin(targets.toArray()));
    return by("target", first(asked, List.of("target"), order, most));
  }

  /** Rows by a text column, in their order. */
  static Map<String, List<Row>> by(String column, List<Row> rows) {
    Map<String, List<Row>> groups = new LinkedHashMap<>();
    rows.forEach(
        row -> groups.computeIfAbsent(row.getAs(column), name -> new ArrayList<>()).add(row));
    return groups;
  }

  /** Rows by a number, the highest first; those without it last. */
  static List<Row> sorted(List<Row> rows, String column) {
    Comparator<Double> last = Comparator.nullsLast(Comparator.reverseOrder());
    return rows.stream().sorted(Comparator.comparing(row -> number(row, column), last)).toList();
  }

  /** A number; null where there is none. */
  static Double number(Row row, String column) {
    Number number = row.getAs(column);
    return number == null ? null : number.doubleValue();
  }

  /** A table without the part of records of which the model says the answer, where it is all. */
  static ReportTable withoutKnown(ReportTable table, List<Row> rows) {
    boolean isKnown =
        rows.stream().allMatch(row -> Double.valueOf(1).equals(number(row, "predicted")));
    return isKnown ? table.without(PREDICTED) : table;
  }

  /** A number of things. */
  static long count(Row row, String column) {
    return row.<Number>getAs(column).longValue();
  }

  /** A mean with its interval. */
  static Cell bar(Row row, String mean, String low, String high) {
    Double amount = number(row, mean);
    return amount == null
        ? Cell.amount(null)
        : Cell.bar(new Measure(amount, number(row, low), number(row, high)));
  }

  /** An amount of which no interval is known. */
  static Cell bar(Row row, String column) {
    Double amount = number(row, column);
    return amount == null ? Cell.amount(null) : Cell.bar(new Measure(amount, null, null));
  }

  /** Records that a table names, with what is told of each. */
  static Cell records(Row row, String column) {
    List<Row> named = row.getList(row.fieldIndex(column));
    return Cell.records(
        named == null
            ? List.of()
            : named.stream()
                .map(
                    one -> new Mention(String.valueOf(one.get(0)), Amount.signed(one.getDouble(1))))
                .toList());
  }
}
