package io.sparklrp.spark;

import io.sparklrp.explain.ExplainSpec;
import io.sparklrp.table.RowOrigin;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a run is going to do, all of it checked: the first step.
 *
 * @param rows the records
 * @param targetColumn the column that names each record's target; null for none
 * @param spec what is explained
 * @param partitions how records are spread over tasks
 * @param origin what every row says of its origin: the run's id is given here
 * @param started when records were first looked at, in nanoseconds
 */
record ExplainPlan(
    Dataset<Row> rows,
    String targetColumn,
    ExplainSpec spec,
    PartitionPlan partitions,
    RowOrigin origin,
    long started) {
  private static final long BYTES_PER_MIB = 1L << 20;
  private static final long MIB_PER_TASK = 200;
  private static final int MOST_TASKS = 16;

  /** Native memory that each executor needs beside its heap. */
  long memoryOverheadMib(int cores) {
    return 2 * spec.program().bytes() / BYTES_PER_MIB
        + MIB_PER_TASK * Math.max(1, Math.min(cores, MOST_TASKS));
  }
}
