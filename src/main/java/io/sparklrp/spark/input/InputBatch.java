package io.sparklrp.spark.input;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Records of an input that were found new, to be explained by a run of their own.
 *
 * @param rows the records
 * @param runId the name of that run
 * @param attempts the names of runs that began with the same records, and did not end
 */
public record InputBatch(Dataset<Row> rows, String runId, List<String> attempts) {
  /** Copies. */
  public InputBatch {
    attempts = List.copyOf(attempts);
  }
}
