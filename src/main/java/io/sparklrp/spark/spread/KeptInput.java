package io.sparklrp.spark.spread;

import io.sparklrp.spark.task.ExplainedRelation;
import java.util.Iterator;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/**
 * Records that are read several times: those that take long to make, such as a view's or a
 * database's, are made once and kept on the executors' disks. To be closed.
 *
 * @param rows the records
 * @param kept what is kept of them; null where they are read from files
 */
public record KeptInput(Dataset<Row> rows, JavaRDD<InternalRow> kept) implements AutoCloseable {

  /** The rows as they are, or kept. */
  static KeptInput of(Dataset<Row> rows) {
    return ScannedInput.isScan(rows) ? new KeptInput(rows, null) : onDisk(rows);
  }

  /** The rows, kept on disk when they are first read. */
  public static KeptInput onDisk(Dataset<Row> rows) {
    JavaRDD<InternalRow> kept =
        rows.queryExecution()
            .toRdd()
            .toJavaRDD()
            .mapPartitions(copies(rows.schema()))
            .persist(StorageLevel.DISK_ONLY());
    return new KeptInput(
        ExplainedRelation.of(rows.sparkSession(), () -> kept, rows.schema()), kept);
  }

  /** Spark reuses a row for the next one. */
  private static FlatMapFunction<Iterator<InternalRow>, InternalRow> copies(StructType schema) {
    return rows -> {
      UnsafeProjection stored = UnsafeProjection.create(schema);
      return new Copies(rows, stored);
    };
  }

  private record Copies(Iterator<InternalRow> rows, UnsafeProjection stored)
      implements Iterator<InternalRow> {
    @Override
    public boolean hasNext() {
      return rows.hasNext();
    }

    @Override
    public InternalRow next() {
      return stored.apply(rows.next()).copy();
    }
  }

  /** Whether the rows come in the same order whenever they are read. */
  boolean isOrdered() {
    return kept == null;
  }

  @Override
  public void close() {
    if (kept != null) {
      kept.unpersist(false);
    }
  }
}
