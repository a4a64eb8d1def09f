package io.sparklrp.spark.spread;

import io.sparklrp.explain.WorkEstimate;
import io.sparklrp.spark.task.ExplainedRelation;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.JoinedRow;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.hash.Murmur3_x86_32;

/**
 * Deals records out to tasks so that each has the same work. The input is laid out by its work and
 * cut into slices of equal work, and tasks get slices in turn: many to each, so that what the
 * estimate misses in a part of the input is shared by all, but none smaller than a few of the
 * largest records, which would make slices uneven. Where a record goes depends on its place in the
 * input alone, so that a task that is made again gets the same ones.
 */
final class DealtRows implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String TASK = "__spark_lrp_task";
  private static final int MOST_SLICES = 64;
  private static final int LARGEST_OF_SLICE = 16;
  private static final int SPARK_SEED = 42;

  private final WorkEstimate estimate;
  private final int columns;
  private final int tasks;
  private final int slices;
  private final double ofSlice;
  private final double[] before;
  private final int[] keys;

  /**
   * A deal.
   *
   * @param parts what the input's partitions hold
   */
  DealtRows(WorkEstimate estimate, List<InputPart> parts, int tasks) {
    this.estimate = estimate;
    this.columns = estimate.columns().size();
    this.tasks = tasks;
    this.before = before(parts);
    InputPart all = InputPart.sum(parts);
    this.slices = tasks * slices(all, tasks);
    this.ofSlice = all.operations() / slices;
    this.keys = keys(tasks);
  }

  /** Slices of each task. */
  private static int slices(InputPart all, int tasks) {
    double room = all.operations() / tasks / (LARGEST_OF_SLICE * all.largest());
    return (int) Math.max(1, Math.min(MOST_SLICES, room));
  }

  /** Work before each partition. */
  private static double[] before(List<InputPart> parts) {
    double[] before = new double[parts.size()];
    for (int i = 1; i < before.length; i++) {
      before[i] = before[i - 1] + parts.get(i - 1).operations();
    }
    return before;
  }

  /** For each task a number that Spark's hash takes to its partition. */
  static int[] keys(int tasks) {
    int[] keys = new int[tasks];
    boolean[] found = new boolean[tasks];
    int missing = tasks;
    for (int key = 0; missing > 0; key++) {
      int task = Math.floorMod(Murmur3_x86_32.hashInt(key, SPARK_SEED), tasks);
      if (!found[task]) {
        found[task] = true;
        keys[task] = key;
        missing--;
      }
    }
    return keys;
  }

  /** The task of a record in whose middle so much work of the input is done. */
  int task(double work) {
    long slice = (long) (work / ofSlice);
    return (int) (Math.max(0, Math.min(slices - 1, slice)) % tasks);
  }

  /** The rows, dealt out. */
  Dataset<Row> of(Dataset<Row> rows) {
    Column all = functions.struct(functions.col("*"));
    Column read = functions.struct(named(InputPart.characters(estimate)));
    int width = rows.schema().size();
    JavaRDD<InternalRow> dealt =
        rows.select(all, read)
            .queryExecution()
            .toRdd()
            .toJavaRDD()
            .mapPartitionsWithIndex((index, part) -> new Dealing(part, width, index), false);
    StructType schema = rows.schema().add(TASK, DataTypes.IntegerType, false);
    return ExplainedRelation.of(rows.sparkSession(), () -> dealt, schema)
        .repartition(tasks, functions.col(TASK))
        .drop(TASK);
  }

  private static Column[] named(Column[] columns) {
    for (int i = 0; i < columns.length; i++) {
      columns[i] = columns[i].as("c" + i);
    }
    return columns;
  }

  /** Rows of a partition, each with its task's key. */
  private final class Dealing implements Iterator<InternalRow> {
    private final Iterator<InternalRow> rows;
    private final int width;
    private double work;

    Dealing(Iterator<InternalRow> rows, int width, int partition) {
      this.rows = rows;
      this.width = width;
      this.work = partition < before.length ? before[partition] : 0;
    }

    @Override
    public boolean hasNext() {
      return rows.hasNext();
    }

    @Override
    public InternalRow next() {
      InternalRow row = rows.next();
      InternalRow lengths = row.getStruct(1, Math.max(1, columns));
      double ofRow = estimate.operations(InputPart.characters(lengths, columns));
      int task = task(work + ofRow / 2);
      work += ofRow;
      return new JoinedRow(
          row.getStruct(0, width), new GenericInternalRow(new Object[] {keys[task]}));
    }
  }
}
