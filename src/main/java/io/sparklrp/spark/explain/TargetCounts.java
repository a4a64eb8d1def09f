package io.sparklrp.spark.explain;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.sparklrp.spark.settings.NamedColumn;
import io.sparklrp.spark.tally.FailedRecords;
import io.sparklrp.spark.tally.ValueOfTarget;
import io.sparklrp.table.ExplainedSchema;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What values of a column became where it names targets, and how many are none. */
final class TargetCounts {
  private TargetCounts() {}

  /**
   * A sentence; empty where the output has not kept the column, and where its values are so many or
   * so long that they may be texts.
   *
   * @param output the rows of a run
   * @param column names targets
   */
  static Optional<String> note(Dataset<Row> output, ExplainedSchema schema, String column) {
    if (!Arrays.asList(output.columns()).contains(column)) {
      return Optional.empty();
    }
    List<ValueOfTarget> found =
        output
            .where(
                expr(schema.sql("target") + " is not null")
                    .or(expr(schema.sql("error", "kind")).equalTo(FailedRecords.UNKNOWN_TARGET)))
            .select(
                when(
                        expr(schema.sql("target") + " is not null"),
                        NamedColumn.of(column).cast("string"))
                    .as("value"), // one that is no label may be a text
                expr(schema.sql("target", "label")).as("label"))
            .groupBy("value", "label")
            .agg(count(lit(1)).as("records"))
            .orderBy(col("label").isNull(), col("records").desc(), col("value"))
            .limit(ValueOfTarget.MOST + 1)
            .collectAsList()
            .stream()
            .map(row -> new ValueOfTarget(row.getString(0), row.getString(1), row.getLong(2)))
            .toList();
    return ValueOfTarget.told(column, found);
  }
}
