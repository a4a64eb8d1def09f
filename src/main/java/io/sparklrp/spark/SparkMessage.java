package io.sparklrp.spark;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.time.DateTimeException;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;

/** What to tell users of an exception that Spark, or something below it, threw. */
public final class SparkMessage {
  private SparkMessage() {}

  /**
   * One line without a full stop at its end. Messages that may hold values of records, such as
   * those of a cast that failed, are left out: only the exception's name, or Spark's for the error,
   * is told.
   */
  public static String of(Throwable e) {
    String condition = condition(e);
    boolean isOfTheQuery = e instanceof AnalysisException || e instanceof ClassNotFoundException;
    if (condition != null && !isOfTheQuery) {
      return condition;
    }
    boolean mayHoldValues =
        e instanceof JsonProcessingException
            || e instanceof NumberFormatException
            || e instanceof DateTimeException;
    return mayHoldValues ? name(e) : firstLine(e);
  }

  @SuppressWarnings("deprecation") // its successor is not in Spark 3.5
  private static String condition(Throwable e) {
    return e instanceof SparkThrowable known ? known.getErrorClass() : null;
  }

  private static String firstLine(Throwable e) {
    String line =
        String.valueOf(e.getMessage())
            .lines()
            .filter(text -> !text.isBlank())
            .findFirst()
            .orElse(name(e));
    line = line.replaceAll("\\s*SQLSTATE: \\w+.*$", "").strip();
    return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
  }

  private static String name(Throwable e) {
    return e.getClass().getSimpleName();
  }
}
