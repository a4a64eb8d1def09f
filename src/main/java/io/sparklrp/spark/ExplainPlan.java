package io.sparklrp.spark;

import io.sparklrp.explain.ExplainSpec;
import io.sparklrp.table.RowOrigin;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a run is going to do, all of it checked: the first step.
 *
 * @param request what is asked
 * @param rows the records that are to be explained
 * @param already records of the input that the output holds already
 * @param targetColumn the column that names each record's target; null for none
 * @param spec what is explained
 * @param reference the same in float32; empty where that is it
 * @param partitions how records are spread over tasks
 * @param origin what every row says of its origin: the run's id is given here
 * @param started when records were first looked at, in nanoseconds
 */
record ExplainPlan(
    ExplainRequest request,
    Dataset<Row> rows,
    long already,
    String targetColumn,
    ExplainSpec spec,
    Optional<ExplainSpec> reference,
    PartitionPlan partitions,
    RowOrigin origin,
    long started) {
  private static final long BYTES_PER_MIB = 1L << 20;
  private static final long LEAST_MIB_PER_TASK = 200;
  private static final int MOST_TASKS = 16;

  /** What is tried before the work. */
  ModelTrial.Subject tried() {
    return new ModelTrial.Subject(request, rows, targetColumn, spec, reference);
  }

  /**
   * Native memory that each executor needs beside its heap: weights as they are and as the engine
   * packs them, and the largest batch of each task.
   */
  long memoryOverheadMib(int cores, int batchTokens) {
    long perTask = Math.max(LEAST_MIB_PER_TASK, spec.batchBytes(batchTokens) / BYTES_PER_MIB);
    return 2 * spec.program().bytes() / BYTES_PER_MIB
        + perTask * Math.max(1, Math.min(cores, MOST_TASKS));
  }
}
