package io.sparklrp.spark.output;

import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;

import io.sparklrp.error.UserException;
import io.sparklrp.table.ExplainedSchema;
import io.sparklrp.table.ResultIdentity;
import io.sparklrp.table.RunId;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The runs whose rows an output holds.
 *
 * @param output the output
 * @param schema its columns
 */
public record StoredRuns(OutputTable output, ExplainedSchema schema) {

  /** The rows of those runs that gave each record the same result. */
  public static Dataset<Row> of(
      ResultIdentity identity, Dataset<Row> rows, ExplainedSchema schema) {
    return rows.where(isOf(identity, schema));
  }

  private static Column isOf(ResultIdentity identity, ExplainedSchema schema) {
    return expr(schema.sql("run_id")).endsWith(RunId.ending(identity));
  }

  /** Refuses an output whose rows are all of something else. */
  public void check(Dataset<Row> held, ResultIdentity identity) {
    Row found =
        held.agg(
                max(isOf(identity, schema)),
                min(expr(schema.sql("model_id"))),
                min(expr(schema.sql("method"))))
            .first();
    if (!found.isNullAt(0) && !found.getBoolean(0)) {
      throw new UserException(
          String.format(
              "Cannot resume %s: it was written with %s. Give the same options, or another --output, or --mode append to have both.",
              output.name(), differences(identity, found)));
    }
  }

  private String differences(ResultIdentity identity, Row found) {
    Optional<ResultIdentity> written =
        schema.provenance(output.stored()).map(provenance -> provenance.identity());
    List<String> off = identity.differencesFrom(written.orElseGet(() -> ofRows(identity, found)));
    return off.isEmpty() ? "other options" : String.join(", ", off);
  }

  /** Where the output's format keeps nothing but rows. */
  private static ResultIdentity ofRows(ResultIdentity identity, Row found) {
    return new ResultIdentity(
        identity.schemaVersion(),
        found.isNullAt(1) ? identity.modelId() : found.getString(1),
        found.isNullAt(2) ? identity.method() : found.getString(2),
        identity.parameters());
  }
}
