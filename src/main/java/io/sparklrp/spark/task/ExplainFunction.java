package io.sparklrp.spark.task;

import io.sparklrp.engine.Batching;
import io.sparklrp.explain.run.BatchLimits;
import io.sparklrp.spark.settings.ExplainRequest;
import io.sparklrp.spark.settings.OnError;
import io.sparklrp.spark.tally.RunCounters;
import io.sparklrp.table.ExplainedSchema;
import io.sparklrp.table.Provenance;
import io.sparklrp.table.RowWriter;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Records in, explained records out, nothing written yet: what the action, a library call and
 * whatever else explains a dataset share. Records stay in their partitions.
 *
 * @param request what is asked
 * @param targetColumn the column that names each record's target; null for none
 * @param onError what becomes of records that cannot be explained
 * @param schema the columns that are added
 * @param values makes their values
 */
public record ExplainFunction(
    ExplainRequest request,
    String targetColumn,
    OnError onError,
    ExplainedSchema schema,
    RowWriter values) {

  /**
   * The rows with what is added to them, made when they are asked for.
   *
   * @param shipped what is explained
   * @param batching which records may share a batch
   * @param batches how large a batch may be
   * @param counters are told how far it is
   */
  public Dataset<Row> apply(
      Dataset<Row> rows,
      ShippedSpec shipped,
      Batching batching,
      BatchLimits batches,
      RunCounters counters) {
    ReadColumns read =
        ReadColumns.of(
            rows.schema(), shipped.value().input().columns(), targetColumn, request.columns().id());
    ExplainPartition task =
        new ExplainPartition(shipped, batching, batches, onError, read, values, counters);
    Supplier<JavaRDD<InternalRow>> made =
        () ->
            read.of(rows).queryExecution().toRdd().toJavaRDD().mapPartitionsWithIndex(task, false);
    Provenance provenance =
        request.provenance(
            values.origin(),
            shipped.value().input(),
            rows.sparkSession().sparkContext().hadoopConfiguration());
    return ExplainedRelation.of(rows.sparkSession(), made, schema.after(rows.schema(), provenance));
  }
}
