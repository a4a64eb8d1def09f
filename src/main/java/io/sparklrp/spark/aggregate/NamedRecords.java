package io.sparklrp.spark.aggregate;

import static io.sparklrp.spark.aggregate.ExplainedCorpus.columns;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * The first records of each group in an order: an array of {@code record} and {@code relevance}.
 */
final class NamedRecords {
  private NamedRecords() {}

  /**
   * The records, by group.
   *
   * @param rows with a column {@code record}
   * @param groups columns that tell groups apart
   * @param name of the array
   * @param relevance the column of what is told of each
   * @param most records of a group
   * @param order in which they are
   */
  static Dataset<Row> of(
      Dataset<Row> rows,
      List<String> groups,
      String name,
      String relevance,
      int most,
      Column... order) {
    return rows.withColumn(
            "place", row_number().over(Window.partitionBy(columns(groups)).orderBy(order)))
        .where(col("place").leq(most))
        .groupBy(columns(groups))
        .agg(
            sort_array(
                    collect_list(
                        struct(col("place"), col("record"), col(relevance).as("relevance"))))
                .as("sorted"))
        .withColumn(
            name,
            expr("transform(sorted, r -> struct(r.record as record, r.relevance as relevance))"))
        .drop("sorted");
  }
}
