package io.sparklrp.spark.output;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.monotonically_increasing_id;

import io.sparklrp.spark.settings.NamedColumn;
import java.util.Arrays;
import java.util.Optional;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What messages call rows by: never by their texts. */
public final class RowNames {
  private RowNames() {}

  /**
   * Names of an output's rows: a column's values, or where each row is in its file.
   *
   * @param idColumn the column; null for none
   */
  public static Column of(Dataset<Row> rows, String idColumn) {
    if (idColumn != null && Arrays.asList(rows.columns()).contains(idColumn)) {
      return NamedColumn.of(idColumn).cast("string");
    }
    Column place =
        concat(
            lit("number "),
            col("_metadata.row_index").plus(1).cast("string"),
            lit(" of "),
            col("_metadata.file_name"));
    return isKnown(rows, place) ? place : lit("(without id)");
  }

  /**
   * What tells an output's records apart: a column's values, or where each row is, or a number
   * where that is not known either.
   *
   * @param idColumn the column; empty for none
   */
  public static Column key(Dataset<Row> rows, Optional<String> idColumn) {
    if (idColumn.isPresent()) {
      return NamedColumn.of(idColumn.get()).cast("string");
    }
    Column place =
        concat(col("_metadata.file_path"), lit("#"), col("_metadata.row_index").cast("string"));
    return isKnown(rows, place) ? place : monotonically_increasing_id().cast("string");
  }

  /** Not every source tells where its rows are. */
  private static boolean isKnown(Dataset<Row> rows, Column column) {
    try {
      return rows.select(column).columns().length == 1;
    } catch (Exception e) { // AnalysisException is checked, but Scala does not declare it
      if (e instanceof AnalysisException) {
        return false;
      }
      throw e;
    }
  }
}
