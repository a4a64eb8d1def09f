package io.sparklrp.spark.tally;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import org.apache.spark.sql.Row;

/**
 * How far results in fewer bits are from those in float32, on the same records.
 *
 * @param records rows that were compared: those explained in both
 * @param sameClass share of rows with the same class, or the same error
 * @param correlation mean over rows of Pearson's r of the relevance of tokens
 * @param lowestCorrelation the lowest of them
 * @param difference mean over rows of sum|R - R'| / sum|R|
 * @param largestDifference the largest of them
 * @param residual largest |residual| over its ledger's scale
 */
public record PrecisionDeviation(
    long records,
    double sameClass,
    double correlation,
    double lowestCorrelation,
    double difference,
    double largestDifference,
    double residual) {

  /**
   * Compares two results of the same records, in rows of the record's number, class, target,
   * relevance by token and relative residual; a row of an error has no relevance. Where a record
   * has not as many targets, all of them are others.
   */
  public static PrecisionDeviation of(List<Row> full, List<Row> reduced) {
    Map<Long, List<Row>> others = byRecord(reduced);
    Sums sums = new Sums();
    byRecord(full)
        .forEach((record, rows) -> sums.addRecord(rows, others.getOrDefault(record, List.of())));
    return sums.made();
  }

  private static Map<Long, List<Row>> byRecord(List<Row> rows) {
    return rows.stream()
        .collect(
            Collectors.groupingBy(row -> row.getLong(0), LinkedHashMap::new, Collectors.toList()));
  }

  /** What a reader should know, in one sentence. */
  public String sentence(String precision) {
    return String.format(
        Locale.ROOT,
        "%s against float32 on %d records: same class %.1f %%, relevance r %.4f (lowest %.3f), difference %.3f of"
            + " sum|R| (largest %.3f), residual at most %.1e of its ledger's scale.",
        precision,
        records,
        100 * sameClass,
        correlation,
        lowestCorrelation,
        difference,
        largestDifference,
        residual);
  }

  /** Whether it is borne; not a number is not. */
  public boolean isWithin(double most) {
    return largestDifference <= most && 1 - sameClass <= most;
  }

  /** The numbers by name, as the manifest has them. */
  public Map<String, Object> numbers() {
    Map<String, Object> numbers = new TreeMap<>();
    numbers.put("records", records);
    numbers.put("same_class", sameClass);
    numbers.put("relevance_r", correlation);
    numbers.put("relevance_r_lowest", lowestCorrelation);
    numbers.put("relevance_difference", difference);
    numbers.put("relevance_difference_largest", largestDifference);
    numbers.put("residual_largest", residual);
    return numbers;
  }

  /** Collects pairs of rows. */
  private static final class Sums {
    private static final int CLASS = 1;
    private static final int TARGET = 2;
    private static final int RELEVANCE = 3;
    private static final int RESIDUAL = 4;

    private long rows;
    private long same;
    private long compared;
    private double correlations;
    private double lowest = 1;
    private double differences;
    private double largest;
    private double residual;

    void addRecord(List<Row> full, List<Row> reduced) {
      rows += full.size();
      for (int i = 0; i < full.size() && full.size() == reduced.size(); i++) {
        add(full.get(i), reduced.get(i));
      }
    }

    private void add(Row full, Row reduced) {
      boolean isSame =
          full.isNullAt(RELEVANCE) == reduced.isNullAt(RELEVANCE)
              && Objects.equals(full.get(CLASS), reduced.get(CLASS))
              && Objects.equals(full.get(TARGET), reduced.get(TARGET));
      same += isSame ? 1 : 0;
      if (isSame && !full.isNullAt(RELEVANCE)) {
        compare(full.getList(RELEVANCE), reduced.getList(RELEVANCE));
        residual = Math.max(residual, reduced.getDouble(RESIDUAL));
      }
    }

    private void compare(List<Float> full, List<Float> reduced) {
      double of = 0;
      double off = 0;
      for (int i = 0; i < full.size(); i++) {
        of += Math.abs(full.get(i));
        off += Math.abs(full.get(i) - (double) reduced.get(i));
      }
      if (of > 0 || off != 0) {
        compared++;
        differences += off / of;
        largest = Math.max(largest, off / of);
        double r = correlation(full, reduced);
        correlations += r;
        lowest = Math.min(lowest, r);
      }
    }

    /** 1 where either does not vary: there is no order to be lost. */
    private static double correlation(List<Float> a, List<Float> b) {
      double r = a.size() < 2 ? 1 : new PearsonsCorrelation().correlation(numbers(a), numbers(b));
      return Double.isNaN(r) ? 1 : r;
    }

    private static double[] numbers(List<Float> floats) {
      return floats.stream().mapToDouble(Float::doubleValue).toArray();
    }

    PrecisionDeviation made() {
      double of = Math.max(1, compared);
      return new PrecisionDeviation(
          compared,
          rows == 0 ? 1 : (double) same / rows,
          compared == 0 ? 1 : correlations / of,
          lowest,
          differences / of,
          largest,
          residual);
    }
  }
}
