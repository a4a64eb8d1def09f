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
 * @param memory what executors need, and how large batches are
 * @param origin what every row says of its origin: the run's id is given here
 * @param started when records were first looked at, in nanoseconds
 */
record ExplainPlan(
    Dataset<Row> rows,
    String targetColumn,
    ExplainSpec spec,
    PartitionPlan partitions,
    MemoryPlan memory,
    RowOrigin origin,
    long started) {}
