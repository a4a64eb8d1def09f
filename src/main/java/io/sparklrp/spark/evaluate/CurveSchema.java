package io.sparklrp.spark.evaluate;

import io.sparklrp.attribution.LedgerAmounts;
import io.sparklrp.error.RecordException;
import io.sparklrp.evaluation.Curve;
import io.sparklrp.evaluation.Curves;
import io.sparklrp.evaluation.Highlights;
import io.sparklrp.evaluation.Judged;
import io.sparklrp.explain.evaluate.Evaluated;
import io.sparklrp.table.LedgerScale;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/** The columns of {@code curves}: one row for each record and method. */
final class CurveSchema {
  /** A record's own columns, and those of a method's result; the rest are null beside an error. */
  static final StructType COLUMNS =
      StructType.fromDDL(
          "id STRING, record BIGINT, method STRING, label STRING, n INT, score DOUBLE, relevance_sum DOUBLE,"
              + " booked DOUBLE, activation ARRAY<DOUBLE>, pruning_mse ARRAY<DOUBLE>,"
              + " pruning_probability ARRAY<DOUBLE>, leave_one_out DOUBLE, plausibility_ap DOUBLE, plausibility_f1 DOUBLE,"
              + " by_cause MAP<STRING, DOUBLE>, unaccounted DOUBLE,"
              + " error STRUCT<kind: STRING, message: STRING>");

  /** The same as rows are made: Spark takes no map of Java's. */
  static final StructType MADE =
      StructType.fromDDL(
          COLUMNS
              .toDDL()
              .replace("MAP<STRING, DOUBLE>", "ARRAY<STRUCT<cause: STRING, amount: DOUBLE>>"));

  private CurveSchema() {}

  /** Rows that were made, as they are written. */
  static Dataset<Row> asWritten(Dataset<Row> made) {
    Column[] columns =
        Arrays.stream(COLUMNS.fieldNames())
            .map(
                name ->
                    name.equals("by_cause")
                        ? functions.map_from_entries(functions.col(name)).as(name)
                        : functions.col(name))
            .toArray(Column[]::new);
    return made.select(columns);
  }

  /**
   * A row.
   *
   * @param id what names the record; null where nothing does
   * @param record tells it from others
   * @param label as it was written
   */
  static Row row(String id, long record, String label, Evaluated evaluated) {
    Optional<RecordException> failure = evaluated.failure();
    if (failure.isPresent()) {
      Row error = RowFactory.create(failure.get().kind(), failure.get().getMessage());
      return RowFactory.create(
          id,
          record,
          evaluated.method(),
          label,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          error);
    }
    Evaluated.Result found = evaluated.found().orElseThrow();
    Curves curves = found.curves();
    return RowFactory.create(
        id,
        record,
        evaluated.method(),
        label,
        found.tokens(),
        found.score(),
        found.ledger().tokens(),
        found.booked(),
        boxed(curves.activation()),
        boxed(curves.pruningMse()),
        boxed(curves.pruningProbability()),
        number(curves.leaveOneOut()),
        number(found.plausibility().averagePrecision()),
        number(found.plausibility().f1()),
        causes(found.ledger().byCause()),
        unaccounted(found),
        null);
  }

  private static Row[] causes(Map<String, Double> amounts) {
    return amounts == null
        ? null
        : amounts.entrySet().stream()
            .map(cause -> RowFactory.create(cause.getKey(), cause.getValue()))
            .toArray(Row[]::new);
  }

  /** What the ledger leaves of its scale where causes are booked; null where they are not. */
  private static Double unaccounted(Evaluated.Result found) {
    LedgerAmounts ledger = found.ledger();
    return ledger.byCause() == null
        ? null
        : Math.abs(ledger.unaccounted()) / LedgerScale.of(found.score(), found.absolute(), ledger);
  }

  /** As Spark takes arrays of a row. */
  static Double[] boxed(double... numbers) {
    return Arrays.stream(numbers).boxed().toArray(Double[]::new);
  }

  private static Double number(double found) {
    return Double.isNaN(found) ? null : found;
  }

  private static double number(Row row, String column) {
    Double found = row.getAs(column);
    return found == null ? Double.NaN : found;
  }

  /** What a row without error says of its method. */
  static Judged judged(Row row) {
    double score = row.getAs("score");
    double booked = row.getAs("booked");
    return new Judged(
        Curve.area(points(row, "activation")),
        Curve.area(points(row, "pruning_mse")),
        Curve.area(points(row, "pruning_probability")),
        number(row, "leave_one_out"),
        new Highlights.Agreement(number(row, "plausibility_ap"), number(row, "plausibility_f1")),
        score - booked,
        row.getAs("relevance_sum"));
  }

  /** A curve. */
  static double[] points(Row row, String column) {
    return row.<Double>getList(row.fieldIndex(column)).stream()
        .mapToDouble(Double::doubleValue)
        .toArray();
  }
}
