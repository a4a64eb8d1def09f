package io.sparklrp.spark.verify;

import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.rand;

import io.sparklrp.model.Precision;
import io.sparklrp.spark.settings.NamedColumn;
import io.sparklrp.spark.task.ExplainedRelation;
import io.sparklrp.spark.task.ReadColumns;
import io.sparklrp.spark.task.RecomputePartition;
import io.sparklrp.spark.task.ShippedSpec;
import io.sparklrp.table.ExplainedSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;

/**
 * Makes random rows of an output again from what the output holds of their records, each by itself,
 * and compares.
 *
 * @param shipped what is explained
 * @param precision in which numbers rows were made
 * @param targetColumn the column that names each record's target; null for none
 * @param schema the output's columns
 * @param name an expression of what messages call a record by
 * @param isNamed whether that is what names the record
 */
public record SampleCheck(
    ShippedSpec shipped,
    Precision precision,
    String targetColumn,
    ExplainedSchema schema,
    Column name,
    boolean isNamed) {
  private static final StructType FOUND =
      StructType.fromDDL("name STRING, deviation DOUBLE, part STRING");
  private static final String NAME = "spark_lrp_name";

  /**
   * Compares.
   *
   * @param output rows of the model and what was asked of it
   * @param size most rows
   * @param seed chooses them
   */
  public SampleResult run(Dataset<Row> output, int size, long seed) {
    List<Column> kept = inputs();
    int inputs = kept.size();
    schema.names().forEach(column -> kept.add(NamedColumn.of(column)));
    Dataset<Row> rows =
        output
            .where(schema.sql("error") + " is null")
            .select(kept.toArray(Column[]::new))
            .orderBy(rand(seed))
            .limit(size)
            .repartition(
                Math.max(
                    1, Math.min(size, output.sparkSession().sparkContext().defaultParallelism())));
    return summedUp(found(rows, inputs));
  }

  /** The columns that the record is read from, and its name. */
  private List<Column> inputs() {
    Map<String, Column> columns = new LinkedHashMap<>();
    shipped
        .value()
        .input()
        .columns()
        .forEach(column -> columns.put(column.name(), NamedColumn.of(column.name())));
    if (targetColumn != null) {
      columns.put(targetColumn, NamedColumn.of(targetColumn));
    }
    columns.put(NAME, name.cast("string").as(NAME));
    return new ArrayList<>(columns.values());
  }

  private Dataset<Row> found(Dataset<Row> rows, int inputs) {
    ReadColumns read =
        ReadColumns.of(rows.schema(), shipped.value().input().columns(), targetColumn, NAME);
    RecomputePartition task = new RecomputePartition(shipped, read, isNamed, inputs);
    Supplier<JavaRDD<InternalRow>> made =
        () -> read.of(rows).queryExecution().toRdd().toJavaRDD().mapPartitions(task, false);
    return ExplainedRelation.of(rows.sparkSession(), made, FOUND);
  }

  private SampleResult summedUp(Dataset<Row> found) {
    Row all =
        found
            .agg(
                expr("count(1)"),
                expr("max(deviation)"),
                expr("max_by(name, deviation)"),
                expr("max_by(part, deviation)"))
            .first();
    double bound = precision.bound();
    return all.getLong(0) == 0
        ? new SampleResult(0, 0, null, null, bound)
        : new SampleResult(
            all.getLong(0), all.getDouble(1), all.getString(2), all.getString(3), bound);
  }
}
