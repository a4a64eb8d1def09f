package io.sparklrp.spark.aggregate;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * What a standard error is multiplied by for a 95 % interval: the 97.5 % quantile of Student's t,
 * whose degrees of freedom are the records less one. Two records prove little however close they
 * are (12.7 times their standard error, where the normal distribution says 1.96).
 */
final class StudentT {
  /** The same quantile of the normal distribution, which t comes to with many records. */
  static final double NORMAL = 1.959963984540054;

  private static final double QUANTILE = 0.975;

  /** Beyond so many degrees of freedom the expansion below is exact to 1e-5. */
  private static final int LISTED = 30;

  /**
   * Coefficients of 1/f, 1/f^2 and 1/f^3 in the expansion by degrees of freedom f (Fisher 1926).
   */
  private static final double FIRST = (Math.pow(NORMAL, 3) + NORMAL) / 4;

  private static final double SECOND =
      (5 * Math.pow(NORMAL, 5) + 16 * Math.pow(NORMAL, 3) + 3 * NORMAL) / 96;

  private static final double THIRD =
      (3 * Math.pow(NORMAL, 7) + 19 * Math.pow(NORMAL, 5) + 17 * Math.pow(NORMAL, 3) - 15 * NORMAL)
          / 384;

  private static final String LIST =
      IntStream.rangeClosed(1, LISTED)
          .mapToObj(freedom -> new TDistribution(freedom).inverseCumulativeProbability(QUANTILE))
          .map(quantile -> quantile + "D")
          .collect(Collectors.joining(", ", "array(", ")"));

  private StudentT() {}

  /**
   * The factor, in SQL; null for fewer than two records.
   *
   * @param records how many there are, in SQL
   */
  static String ofRecords(String records) {
    return String.format(
        "(case when %1$s < 2 then null when %1$s <= %2$d then element_at(%3$s, cast(%1$s - 1 as int))"
            + " else %4$sD + %5$sD / (%1$s - 1) + %6$sD / pow(%1$s - 1, 2)"
            + " + %7$sD / pow(%1$s - 1, 3) end)",
        records, LISTED + 1, LIST, NORMAL, FIRST, SECOND, THIRD);
  }
}
