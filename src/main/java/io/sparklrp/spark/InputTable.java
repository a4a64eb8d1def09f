package io.sparklrp.spark;

import io.sparklrp.error.UserException;
import io.sparklrp.explain.input.InputColumn;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** Opens the input and checks its columns. */
final class InputTable {
  private final SparkSession session;
  private final ExplainSettings settings;

  InputTable(SparkSession session, ExplainSettings settings) {
    this.session = session;
    this.settings = settings;
  }

  /**
   * The records, all columns that are kept.
   *
   * @param read the columns that the model reads
   * @param targetColumn the column that names targets; null for none
   */
  Dataset<Row> open(List<InputColumn> read, String targetColumn) {
    Dataset<Row> rows = filtered(InputReader.read(session, settings.input(), Optional.empty()));
    RequiredColumns required = new RequiredColumns(rows);
    required.check(read, settings.columns().id(), targetColumn);
    settings.output().partitionBy().forEach(column -> required.exists(column, "--partition-by"));
    required.refuseClashes(settings.output().schema());
    return settings.input().limit() == null ? rows : rows.limit(settings.input().limit());
  }

  private Dataset<Row> filtered(Dataset<Row> rows) {
    InputSettings input = settings.input();
    try {
      Dataset<Row> kept = input.where() == null ? rows : rows.where(input.where());
      if (input.columns().isEmpty()) {
        return kept;
      }
      Column[] columns = input.columns().stream().map(functions::col).toArray(Column[]::new);
      return kept.select(columns);
    } catch (Exception e) {
      if (e instanceof AnalysisException) {
        throw new UserException(
            "Cannot read the input: " + SparkMessage.of(e) + ". Check --where and --columns.", e);
      }
      throw e;
    }
  }
}
