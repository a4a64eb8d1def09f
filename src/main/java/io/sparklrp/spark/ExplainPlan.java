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
 * @param rows the records
 * @param targetColumn the column that names each record's target; null for none
 * @param spec what is explained
 * @param reference the same in float32; empty where that is it
 * @param partitions how records are spread over tasks
 * @param memory what executors need, and how large batches are
 * @param origin what every row says of its origin: the run's id is given here
 * @param started when records were first looked at, in nanoseconds
 */
record ExplainPlan(
    ExplainRequest request,
    Dataset<Row> rows,
    String targetColumn,
    ExplainSpec spec,
    Optional<ExplainSpec> reference,
    PartitionPlan partitions,
    MemoryPlan memory,
    RowOrigin origin,
    long started) {
  /** What is tried before the work. */
  ModelTrial.Subject tried() {
    return new ModelTrial.Subject(request, rows, targetColumn, spec, reference, memory.batches());
  }
}
