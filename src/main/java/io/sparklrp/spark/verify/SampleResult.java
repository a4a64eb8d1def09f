package io.sparklrp.spark.verify;

import io.sparklrp.spark.output.Gate;
import java.io.Serializable;
import java.util.Locale;

/**
 * Rows of an output that were made again, each by itself, and compared.
 *
 * @param rows number of them
 * @param worst the largest deviation; infinite where a row is another one altogether
 * @param record what names the record of that; null where there are no rows
 * @param part what of it differs most
 * @param bound the most that is borne
 */
public record SampleResult(long rows, double worst, String record, String part, double bound)
    implements Serializable {

  /**
   * The gate of it.
   *
   * @param output the output's name
   * @param all number of rows that it was drawn from
   */
  public Gate gate(String output, long all) {
    String off =
        Double.isInfinite(worst)
            ? String.format("is another one by its %s", part)
            : String.format(
                Locale.ROOT,
                "is off by %.1e of its scale in %s, more than %.0e",
                worst,
                part,
                bound);
    String failure =
        String.format(
            Locale.ROOT,
            "Cannot accept %s: of a sample of %d of %d rows, made again one by one, that of record %s %s."
                + " Run verify with a larger --sample, and report it.",
            output,
            rows,
            all,
            record,
            off);
    return Gate.atMost("sample", worst, bound, failure).ofSample(rows);
  }
}
