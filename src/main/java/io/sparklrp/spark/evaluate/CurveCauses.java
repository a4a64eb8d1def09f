package io.sparklrp.spark.evaluate;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.max;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What nodes of each kind absorb of the score in each part of the model, over all records.
 *
 * @param all by method, from the embeddings to the head; empty where none were booked
 * @param unaccounted what ledgers leave with causes booked, over their scale: the largest of each
 *     method
 */
record CurveCauses(List<Cause> all, Map<String, Double> unaccounted) {
  /** From the embeddings over the layers by their number to the head. */
  private static final String PLACE =
      "case part when 'embeddings' then -1 when 'head' then 1000000"
          + " else coalesce(cast(regexp_extract(part, '[0-9]+', 0) as int), 999999) end";

  /** Copies. */
  CurveCauses {
    all = List.copyOf(all);
    unaccounted = Map.copyOf(unaccounted);
  }

  /**
   * One kind of node in one part of the model, under one method.
   *
   * @param mean of what it absorbs, with its sign, below 0 where it adds
   * @param magnitude the mean of its magnitude
   */
  record Cause(String method, String part, String kind, double mean, double magnitude) {}

  /**
   * Reads them.
   *
   * @param curves rows without errors
   */
  static CurveCauses of(Dataset<Row> curves) {
    List<Cause> all =
        curves
            .selectExpr("method", "explode(by_cause) as (cause, amount)")
            .selectExpr(
                "method",
                "substring_index(cause, '/', -1) as part",
                "substring_index(cause, '/', 1) as kind",
                "amount")
            .groupBy("method", "part", "kind")
            .agg(avg("amount"), avg(abs(col("amount"))))
            .orderBy(col("method"), expr(PLACE), col("part"), col("kind"))
            .collectAsList()
            .stream()
            .map(CurveCauses::cause)
            .toList();
    Map<String, Double> unaccounted = new LinkedHashMap<>();
    curves
        .where(col("unaccounted").isNotNull())
        .groupBy("method")
        .agg(max("unaccounted"))
        .collectAsList()
        .forEach(row -> unaccounted.put(row.getString(0), row.getDouble(1)));
    return new CurveCauses(all, unaccounted);
  }

  private static Cause cause(Row row) {
    return new Cause(
        row.getString(0), row.getString(1), row.getString(2), row.getDouble(3), row.getDouble(4));
  }
}
