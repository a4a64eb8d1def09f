package io.sparklrp.spark.spread;

import io.sparklrp.explain.WorkEstimate;
import io.sparklrp.spark.settings.NamedColumn;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.functions;

/**
 * What a partition of the input holds, by the lengths of its texts.
 *
 * @param records its records
 * @param tokens estimated tokens of them
 * @param operations what the engine computes for them
 * @param largest the same for the largest of them
 */
public record InputPart(long records, double tokens, double operations, double largest) {

  /** All partitions in order: reads the lengths of texts, and no picture, in one pass. */
  public static List<InputPart> of(Dataset<Row> rows, WorkEstimate estimate) {
    int columns = estimate.columns().size();
    List<double[]> found =
        rows.select(characters(estimate))
            .queryExecution()
            .toRdd()
            .toJavaRDD()
            .mapPartitionsWithIndex(
                (index, part) -> Stream.of(sums(index, part, columns, estimate)).iterator(), false)
            .collect();
    List<double[]> sorted = new ArrayList<>(found);
    sorted.sort((a, b) -> Double.compare(a[0], b[0]));
    return sorted.stream()
        .map(sum -> new InputPart((long) sum[1], sum[2], sum[3], sum[4]))
        .toList();
  }

  /** Lengths of a record's texts, 0 where there is none. */
  static Column[] characters(WorkEstimate estimate) {
    Column[] lengths =
        estimate.columns().stream()
            .map(NamedColumn::of)
            .map(text -> functions.length(text.cast("string")))
            .map(length -> functions.coalesce(length, functions.lit(0)))
            .map(length -> length.cast("long"))
            .toArray(Column[]::new);
    return lengths.length > 0 ? lengths : new Column[] {functions.lit(0L)};
  }

  /** The lengths of a row that begins with them. */
  static long[] characters(InternalRow row, int columns) {
    long[] characters = new long[columns];
    for (int i = 0; i < columns; i++) {
      characters[i] = row.getLong(i);
    }
    return characters;
  }

  private static double[] sums(
      int index, Iterator<InternalRow> rows, int columns, WorkEstimate estimate) {
    double[] sums = {index, 0, 0, 0, 0};
    while (rows.hasNext()) {
      long[] characters = characters(rows.next(), columns);
      double operations = estimate.operations(characters);
      sums[1]++;
      sums[2] += estimate.tokens(characters);
      sums[3] += operations;
      sums[4] = Math.max(sums[4], operations);
    }
    return sums;
  }

  /** All of several parts. */
  public static InputPart sum(List<InputPart> parts) {
    InputPart sum = new InputPart(0, 0, 0, 0);
    for (InputPart part : parts) {
      sum = sum.plus(part);
    }
    return sum;
  }

  private InputPart plus(InputPart other) {
    return new InputPart(
        records + other.records,
        tokens + other.tokens,
        operations + other.operations,
        Math.max(largest, other.largest));
  }
}
