package io.sparklrp.spark.settings;

import io.sparklrp.error.UserException;
import io.sparklrp.spark.job.SparkMessage;
import java.io.Serializable;
import java.util.Arrays;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * A column that is made of the input's, before records are chosen. From there on it is a column
 * like any other, and is in the output: a run that goes on, and a row that is made again, read it
 * there.
 *
 * @param name none of the input's
 * @param sql an expression of Spark's SQL
 */
public record DerivedColumn(String name, String sql) implements Serializable {

  /** Rows with the column behind theirs. */
  public Dataset<Row> addedTo(Dataset<Row> rows) {
    if (Arrays.stream(rows.columns()).anyMatch(name::equalsIgnoreCase)) {
      throw new UserException(
          String.format(
              "Cannot make column '%s': the input has one of that name. Give another name in --with-column.",
              name));
    }
    try {
      return rows.withColumn(name, functions.expr(sql));
    } catch (Exception e) { // AnalysisException is checked, but Scala does not declare it
      if (e instanceof AnalysisException) {
        throw new UserException(
            String.format(
                "Cannot make column '%s': %s. Check --with-column.", name, SparkMessage.of(e)),
            e);
      }
      throw e;
    }
  }
}
