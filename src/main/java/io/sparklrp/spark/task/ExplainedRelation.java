package io.sparklrp.spark.task;

import java.util.function.Supplier;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SQLContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.sources.BaseRelation;
import org.apache.spark.sql.sources.TableScan;
import org.apache.spark.sql.types.StructType;

/**
 * A table of rows in Spark's own form. Spark takes them as they are: no value goes through a Java
 * object, of which some hold less (dates before 1582, text that is no UTF-8, the order of a map).
 */
public final class ExplainedRelation extends BaseRelation implements TableScan {
  private final SparkSession session;
  private final Supplier<JavaRDD<InternalRow>> rows;
  private final StructType schema;

  private ExplainedRelation(
      SparkSession session, Supplier<JavaRDD<InternalRow>> rows, StructType schema) {
    this.session = session;
    this.rows = rows;
    this.schema = schema;
  }

  /** The table of some rows. */
  public static Dataset<Row> of(
      SparkSession session, Supplier<JavaRDD<InternalRow>> rows, StructType schema) {
    return session.baseRelationToDataFrame(new ExplainedRelation(session, rows, schema));
  }

  @Override
  public SQLContext sqlContext() {
    return session.sqlContext();
  }

  @Override
  public StructType schema() {
    return schema;
  }

  @Override
  public boolean needConversion() {
    return false;
  }

  @SuppressWarnings("unchecked") // what a relation gives that needs no conversion
  @Override
  public RDD<Row> buildScan() {
    return (RDD<Row>) (RDD<?>) rows.get().rdd();
  }

  @Override
  public String toString() {
    return "explained records";
  }
}
