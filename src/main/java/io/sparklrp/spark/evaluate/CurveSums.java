package io.sparklrp.spark.evaluate;

import static org.apache.spark.sql.functions.col;

import io.sparklrp.evaluation.Bootstrap;
import io.sparklrp.evaluation.Judged;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/** Sums curves up on the executors: what comes to the driver hangs on no number of records. */
final class CurveSums implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;
  private static final int RESAMPLES = 1000;
  private static final int MOST_PARTS = 16;
  private static final StructType SUMS = StructType.fromDDL("method STRING, sums ARRAY<DOUBLE>");

  private final String against;
  private final long seed;

  private CurveSums(String against, long seed) {
    this.against = against;
    this.seed = seed;
  }

  /**
   * All sums.
   *
   * @param curves rows without errors
   * @param against the method that all are compared with
   * @param seed of resamples
   */
  static Bootstrap of(Dataset<Row> curves, String against, long seed) {
    int parts =
        Math.max(
            1, Math.min(MOST_PARTS, curves.sparkSession().sparkContext().defaultParallelism()));
    Bootstrap all = new Bootstrap(RESAMPLES, seed, against);
    curves
        .repartition(parts, col("record"))
        .sortWithinPartitions("record", "method", "label")
        .mapPartitions(new CurveSums(against, seed), Encoders.row(SUMS))
        .collectAsList()
        .forEach(row -> all.merge(row.getString(0), CurveSchema.points(row, "sums")));
    return all;
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    Bootstrap bootstrap = new Bootstrap(RESAMPLES, seed, against);
    List<Row> record = new ArrayList<>();
    while (rows.hasNext()) {
      Row row = rows.next();
      if (!record.isEmpty() && key(record.get(0)) != key(row)) {
        add(record, bootstrap);
        record.clear();
      }
      record.add(row);
    }
    if (!record.isEmpty()) {
      add(record, bootstrap);
    }
    return bootstrap.methods().stream()
        .map(
            method ->
                RowFactory.create(method, (Object) CurveSchema.boxed(bootstrap.found(method))))
        .iterator();
  }

  private static long key(Row row) {
    return row.<Long>getAs("record");
  }

  /** Records of the same name, or of the same text, are as many rows of each method. */
  private static void add(List<Row> rows, Bootstrap bootstrap) {
    Map<String, List<Judged>> byMethod = new LinkedHashMap<>();
    rows.forEach(
        row ->
            byMethod
                .computeIfAbsent(row.getAs("method"), method -> new ArrayList<>())
                .add(CurveSchema.judged(row)));
    int most = byMethod.values().stream().map(List::size).max(Comparator.naturalOrder()).orElse(0);
    for (int i = 0; i < most; i++) {
      int number = i;
      Map<String, Judged> judged = new HashMap<>();
      byMethod.forEach(
          (method, all) -> {
            if (number < all.size()) {
              judged.put(method, all.get(number));
            }
          });
      bootstrap.add(key(rows.get(0)), judged);
    }
  }
}
