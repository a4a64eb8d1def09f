package io.sparklrp.spark.evaluate;

import io.sparklrp.error.QualityGateException;
import io.sparklrp.evaluation.Bootstrap.Estimate;
import io.sparklrp.spark.tally.ErrorKind;
import java.util.List;
import java.util.Optional;

/**
 * What came of an evaluation.
 *
 * @param output the directory
 * @param methods names of the methods
 * @param records that were read
 * @param rows that were written: one for each record and method
 * @param failures rows of methods that failed on a record, by kind of error, the most frequent
 *     first
 * @param lines a method and a measure each
 * @param notes what a user should know, a sentence each
 * @param runs what was run for it
 */
public record EvaluationSummary(
    String output,
    List<String> methods,
    long records,
    long rows,
    List<Failure> failures,
    List<Line> lines,
    List<String> notes,
    Runs runs) {
  /** Copies. */
  public EvaluationSummary {
    methods = List.copyOf(methods);
    failures = List.copyOf(failures);
    lines = List.copyOf(lines);
    notes = List.copyOf(notes);
  }

  /**
   * What methods failed of.
   *
   * @param error its kind, rows and an example
   * @param methods that did
   */
  public record Failure(ErrorKind error, List<String> methods) {
    /** Copies. */
    public Failure {
      methods = List.copyOf(methods);
    }
  }

  /**
   * A measure of a method.
   *
   * @param n records of which the method has a result
   * @param value over these, with its interval
   * @param against the method that it is compared with
   * @param difference to that, on records that both have a result of; empty for that one itself
   */
  public record Line(
      String method,
      String measure,
      long n,
      Estimate value,
      String against,
      Optional<Estimate> difference) {}

  /**
   * What was run.
   *
   * @param asked records with tokens replaced, for each point of each curve
   * @param made those that were run: equal ones of a record once
   * @param seconds all of it
   */
  public record Runs(long asked, long made, double seconds) {}

  /** Records of which a method has a result. */
  public long evaluated() {
    return lines.stream().mapToLong(Line::n).max().orElse(0);
  }

  /** Rows of methods that failed on a record. */
  public long errors() {
    return failures.stream().mapToLong(failure -> failure.error().records()).sum();
  }

  /** The value of a method's measure; not a number where there is none. */
  public double value(String method, String measure) {
    return lines.stream()
        .filter(line -> line.method().equals(method) && line.measure().equals(measure))
        .mapToDouble(line -> line.value().value())
        .findFirst()
        .orElse(Double.NaN);
  }

  /** Fails where records were lost, or no method has a result. */
  void check() {
    long expected = records * methods.size();
    if (rows != expected) {
      throw new QualityGateException(
          String.format(
              "Cannot vouch for the evaluation: %,d records and %d methods make %,d rows, and %s holds %,d. Report it.",
              records, methods.size(), expected, output, rows));
    }
    if (records > 0 && errors() == rows) {
      throw new QualityGateException(
          String.format(
              "Cannot evaluate: all %,d records failed. Look at the column error of %s/curves.",
              records, output));
    }
  }
}
