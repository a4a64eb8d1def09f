package io.sparklrp.spark;

import io.sparklrp.engine.Batching;
import io.sparklrp.table.Provenance;
import io.sparklrp.table.RowOrigin;
import io.sparklrp.table.RowWriter;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Records in, explained records out, nothing written yet: what the action, a library call and
 * whatever else explains a dataset share. Records stay in their partitions.
 *
 * @param settings what is read, and how it is explained
 * @param targetColumn the column that names each record's target; null for none
 * @param origin what every row says of its origin
 */
record ExplainFunction(ExplainSettings settings, String targetColumn, RowOrigin origin) {

  /**
   * The rows with what is added to them, made when they are asked for.
   *
   * @param shipped what is explained
   * @param batching which records may share a batch
   * @param provenance goes into the columns' metadata
   * @param counters are told how far it is
   */
  Dataset<Row> apply(
      Dataset<Row> rows,
      ShippedSpec shipped,
      Batching batching,
      Provenance provenance,
      RunCounters counters) {
    ReadColumns read =
        ReadColumns.of(
            rows.schema(),
            shipped.value().input().columns(),
            targetColumn,
            settings.columns().id());
    ExplainPartition task =
        new ExplainPartition(
            shipped,
            batching,
            settings.limits().batchTokens(),
            settings.gates().onError(),
            read,
            new RowWriter(origin, settings.output().without()),
            counters);
    JavaRDD<InternalRow> made =
        read.of(rows).queryExecution().toRdd().toJavaRDD().mapPartitionsWithIndex(task, false);
    return ExplainedRelation.of(
        rows.sparkSession(), made, settings.output().schema().after(rows.schema(), provenance));
  }
}
