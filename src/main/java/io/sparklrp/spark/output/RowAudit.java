package io.sparklrp.spark.output;

import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.expr;

import io.sparklrp.spark.settings.NamedColumn;
import io.sparklrp.spark.task.AuditPartition;
import io.sparklrp.spark.task.ExplainedRelation;
import io.sparklrp.table.ExplainedSchema;
import io.sparklrp.table.RowCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Looks at all rows of an output, each by itself, and says of each check what was worst.
 *
 * @param schema the output's columns
 * @param texts expressions of a record's texts, by segment; empty where they are not there
 * @param name an expression of what names a record
 */
public record RowAudit(ExplainedSchema schema, Optional<List<Column>> texts, Column name) {
  private static final List<RowCheck> CHECKS = List.of(RowCheck.values());

  /**
   * What a check found.
   *
   * @param check which
   * @param worst the largest that was found
   * @param record what names its record; null where there are no rows
   * @param beyond rows that are beyond the bound
   */
  public record Found(RowCheck check, double worst, String record, long beyond) {
    /** Of both what is worse. */
    public Found plus(Found other) {
      Found worse = other.worst > worst ? other : this;
      return new Found(check, worse.worst, worse.record, beyond + other.beyond);
    }

    /** Residuals are rounding under conservative methods alone. */
    public boolean isAsked(boolean closes) {
      return closes || check != RowCheck.RESIDUAL;
    }
  }

  /** The columns of texts; where a completion follows the first, it is a part of it. */
  static List<Column> texts(List<String> columns, Optional<String> completion) {
    List<Column> texts = new ArrayList<>();
    columns.forEach(column -> texts.add(NamedColumn.of(column).cast("string")));
    completion.ifPresent(
        column -> texts.set(0, concat(texts.get(0), NamedColumn.of(column).cast("string"))));
    return texts;
  }

  /** Looks. */
  public List<Found> of(Dataset<Row> output) {
    List<Column> columns = new ArrayList<>();
    schema.names().forEach(column -> columns.add(NamedColumn.of(column)));
    columns.add(name.as("name"));
    texts.ifPresent(all -> all.forEach(text -> columns.add(text.as("text" + columns.size()))));
    Dataset<Row> read = output.select(columns.toArray(Column[]::new));
    AuditPartition task =
        new AuditPartition(schema.names().size(), texts.map(List::size).orElse(-1));
    Supplier<JavaRDD<InternalRow>> made =
        () -> read.queryExecution().toRdd().toJavaRDD().mapPartitions(task, false);
    return summedUp(ExplainedRelation.of(output.sparkSession(), made, measured()));
  }

  private static StructType measured() {
    StructType columns = new StructType().add("name", DataTypes.StringType);
    for (RowCheck check : CHECKS) {
      columns = columns.add(check.id(), DataTypes.DoubleType);
    }
    return columns;
  }

  private static List<Found> summedUp(Dataset<Row> measured) {
    List<Column> sums = new ArrayList<>();
    for (RowCheck check : CHECKS) {
      String column = check.id();
      sums.add(expr("coalesce(max(" + column + "), 0D)"));
      sums.add(expr("max_by(name, " + column + ")"));
      sums.add(
          expr(String.format("coalesce(sum(if(%s > %sD, 1L, 0L)), 0L)", column, check.bound())));
    }
    Row all = measured.agg(expr("count(1)"), sums.toArray(Column[]::new)).first();
    List<Found> found = new ArrayList<>();
    for (int i = 0; i < CHECKS.size(); i++) {
      int at = 1 + 3 * i;
      found.add(
          new Found(CHECKS.get(i), all.getDouble(at), all.getString(at + 1), all.getLong(at + 2)));
    }
    return found;
  }
}
