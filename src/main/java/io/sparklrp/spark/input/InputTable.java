package io.sparklrp.spark.input;

import io.sparklrp.error.JobFailedException;
import io.sparklrp.error.UserException;
import io.sparklrp.explain.input.InputColumn;
import io.sparklrp.spark.job.SparkMessage;
import io.sparklrp.spark.settings.DerivedColumn;
import io.sparklrp.spark.settings.ExplainSettings;
import io.sparklrp.spark.settings.InputSettings;
import java.util.List;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/** Opens the input and checks its columns. */
public final class InputTable {
  private final SparkSession session;
  private final ExplainSettings settings;
  private final InputBatch batch;
  private final UnreadFiles unread;

  /**
   * The input, or a batch of it.
   *
   * @param batch the records; null for all that there are
   * @param unread files that cannot be read, which are left out
   */
  public InputTable(
      SparkSession session, ExplainSettings settings, InputBatch batch, UnreadFiles unread) {
    this.session = session;
    this.settings = settings;
    this.batch = batch;
    this.unread = unread;
  }

  /** All columns of the files that are there. */
  public StructType columns() {
    return read().schema();
  }

  /**
   * The records, all columns that are kept.
   *
   * @param read the columns that the model reads
   * @param targetColumn the column that names targets; null for none
   */
  public Dataset<Row> open(List<InputColumn> read, String targetColumn) {
    Dataset<Row> rows = filtered(unread.leftOut(batch == null ? read() : batch.rows()));
    RequiredColumns required = new RequiredColumns(rows);
    required.check(read, settings.columns().id(), targetColumn);
    settings.output().partitionBy().forEach(column -> required.exists(column, "--partition-by"));
    required.refuseClashes(settings.output().schema());
    return settings.input().limit() == null ? rows : rows.limit(settings.input().limit());
  }

  private Dataset<Row> read() {
    InputSettings input = settings.input();
    try {
      return input.table() == null
          ? new InputFiles(session, input, unread).read()
          : session.table(input.table());
    } catch (JobFailedException e) { // a file that ends the run
      throw e;
    } catch (Exception e) { // AnalysisException is checked, but Scala does not declare it
      throw InputReader.cannotRead(input, e);
    }
  }

  private Dataset<Row> filtered(Dataset<Row> rows) {
    InputSettings input = settings.input();
    Dataset<Row> all = rows;
    for (DerivedColumn column : input.derived()) {
      all = column.addedTo(all);
    }
    try {
      Dataset<Row> kept = input.where() == null ? all : all.where(input.where());
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
