package io.sparklrp.spark.output;

import io.sparklrp.error.QualityGateException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A condition that a result is held against.
 *
 * @param name what is measured
 * @param value what was found
 * @param bound the most, or the least, that is borne; null where anything is
 * @param isLeast whether the bound is the least
 * @param sampled how many rows were looked at, where it is a sample; null otherwise
 * @param passed whether it holds
 * @param failure what users are told where it does not
 */
public record Gate(
    String name,
    double value,
    Double bound,
    boolean isLeast,
    Long sampled,
    boolean passed,
    String failure) {
  /** What a manifest calls bounds from above and from below. */
  private static final String MOST = "most";

  private static final String LEAST = "least";

  private static final double MOST_PLAIN = 1e6;
  private static final double LEAST_PLAIN = 1e-3;

  /** A value that may be so much at most; any where there is no bound. */
  public static Gate atMost(String name, double value, Double bound, String failure) {
    return new Gate(name, value, bound, false, null, bound == null || value <= bound, failure);
  }

  /** A number of something of which there must be none. */
  public static Gate none(String name, long count, String failure) {
    return atMost(name, (double) count, 0.0, failure);
  }

  /** A number of something of which there must be one. */
  public static Gate some(String name, long count, String failure) {
    return new Gate(name, (double) count, 1.0, true, null, count >= 1, failure);
  }

  /** The same of so many rows alone. */
  public Gate ofSample(long rows) {
    return new Gate(name, value, bound, isLeast, rows, passed, failure);
  }

  /**
   * Ends what gave a result that is not good enough.
   *
   * @throws QualityGateException if one does not hold: what the first of them says
   */
  public static void check(List<Gate> gates) {
    Optional<Gate> failed = gates.stream().filter(gate -> !gate.passed).findFirst();
    if (failed.isPresent()) {
      throw new QualityGateException(failed.get().failure);
    }
  }

  /** All of them in a line; empty where there are none. */
  public static Optional<String> line(List<Gate> gates) {
    if (gates.isEmpty()) {
      return Optional.empty();
    }
    boolean isPassed = gates.stream().allMatch(Gate::passed);
    return Optional.of(
        (isPassed ? "All quality gates passed: " : "Quality gates: ")
            + gates.stream().map(Gate::words).collect(Collectors.joining(", "))
            + ".");
  }

  /** Name, value and bound, and whether it failed. */
  public String words() {
    return name
        + (sampled == null ? " " : " of " + sampled + " ")
        + number(value)
        + (bound == null ? " (no bound)" : " (" + (isLeast ? ">= " : "<= ") + number(bound) + ")")
        + (passed ? "" : " FAILED");
  }

  /** The same, for the manifest. */
  Map<String, Object> entry() {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("name", name);
    entry.put("value", Double.isFinite(value) ? value : "infinite");
    entry.put("bound", bound);
    if (bound != null) {
      entry.put("bound_is", isLeast ? LEAST : MOST);
    }
    if (sampled != null) {
      entry.put("rows", sampled);
    }
    entry.put("passed", passed);
    return entry;
  }

  /** A value or a bound, in few digits. */
  static String number(double number) {
    boolean isWhole = number == Math.rint(number) && Math.abs(number) < MOST_PLAIN;
    if (isWhole) {
      return Long.toString((long) number);
    }
    return Math.abs(number) < LEAST_PLAIN || Math.abs(number) >= MOST_PLAIN
        ? String.format(Locale.ROOT, "%.1e", number)
        : String.format(Locale.ROOT, "%.4f", number).replaceFirst("0+$", "");
  }
}
