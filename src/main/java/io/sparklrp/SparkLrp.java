package io.sparklrp;

import io.sparklrp.spark.explain.DatasetExplanation;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Spark LRP as a library, in Java, in Scala, and in Python through the JVM:
 *
 * <pre>{@code
 * Dataset<Row> explained =
 *     SparkLrp.explain(reviews).model("demo").textColumn("text").toDataset();
 * }</pre>
 */
public final class SparkLrp {
  private SparkLrp() {}

  /** A call that explains records, to be told what is asked. */
  public static DatasetExplanation explain(Dataset<Row> records) {
    return new DatasetExplanation(records);
  }
}
