package io.sparklrp.spark.spread;

import io.sparklrp.explain.WorkEstimate;
import io.sparklrp.spark.task.ExplainedRelation;
import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RuntimeConfig;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.functions;

/**
 * Records and how they are spread over tasks. To be closed.
 *
 * @param kept the records
 * @param estimate how much there is to compute for each
 * @param plan how they are spread
 */
public record SpreadInput(KeptInput kept, WorkEstimate estimate, PartitionPlan plan)
    implements AutoCloseable {
  private static final String SPLIT_BYTES = "spark.sql.files.maxPartitionBytes";
  private static final String BYTES_OF_OPENING = "spark.sql.files.openCostInBytes";

  /** So many bytes stand for a file, whatever its size, so that splits have as many files each. */
  private static final long OF_FILE = 1L << 30;

  /** A task takes so many splits, where there are as many files. */
  private static final int SPLITS_OF_TASK = 16;

  /**
   * Looks at records and plans.
   *
   * @param sizing is asked after the records were looked at
   */
  public static SpreadInput of(
      Dataset<Row> rows, WorkEstimate estimate, Supplier<TaskSizing> sizing) {
    KeptInput kept = KeptInput.of(rows);
    try {
      List<InputPart> parts = InputPart.of(kept.rows(), estimate);
      boolean isEmpty = InputPart.sum(parts).records() == 0;
      PartitionPlan plan =
          isEmpty
              ? new PartitionPlan(
                  parts,
                  new TaskSizing(1, 1, 1),
                  Math.max(1, parts.size()),
                  PartitionPlan.Spread.AS_THEY_ARE)
              : PartitionPlan.of(
                  parts, sizing.get(), kept.isOrdered(), ScannedInput.isFileEach(kept.rows()));
      return new SpreadInput(kept, estimate, plan);
    } catch (RuntimeException e) {
      kept.close();
      throw e;
    }
  }

  /** The records spread as planned. */
  public Dataset<Row> rows() {
    Dataset<Row> rows = kept.rows();
    return switch (plan.spread()) {
      case AS_THEY_ARE -> rows;
      case JOINED -> rows.coalesce(plan.tasks());
      case SMALLER_SPLITS -> split(rows).coalesce(plan.tasks());
      case DEALT -> new DealtRows(estimate, plan.input(), plan.tasks()).of(rows);
      case ROUND_ROBIN -> rows.repartition(plan.tasks());
    };
  }

  /** Spark cuts files into splits when a plan is made, by settings of the session. */
  private Dataset<Row> split(Dataset<Row> rows) {
    RuntimeConfig conf = rows.sparkSession().conf();
    String splitBytes = conf.get(SPLIT_BYTES);
    String opening = conf.get(BYTES_OF_OPENING);
    long files = Math.max(1, plan.records() / plan.tasks() / SPLITS_OF_TASK);
    try {
      conf.set(SPLIT_BYTES, files * OF_FILE);
      conf.set(BYTES_OF_OPENING, OF_FILE);
      JavaRDD<InternalRow> cut =
          rows.select(functions.col("*")).queryExecution().toRdd().toJavaRDD();
      cut.getNumPartitions(); // before the settings change again
      return ExplainedRelation.of(rows.sparkSession(), () -> cut, rows.schema());
    } finally {
      conf.set(SPLIT_BYTES, splitBytes);
      conf.set(BYTES_OF_OPENING, opening);
    }
  }

  @Override
  public void close() {
    kept.close();
  }
}
