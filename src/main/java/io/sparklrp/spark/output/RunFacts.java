package io.sparklrp.spark.output;

import io.sparklrp.spark.settings.InputSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a run read, when, and in what it ran; for its manifest.
 *
 * @param input what was read; options of Spark's reader, which may be secret, are not told
 * @param ended when it had written all
 * @param seconds how long it took
 * @param sparkVersion in which Spark
 */
public record RunFacts(InputSettings input, Instant ended, double seconds, String sparkVersion) {
  private static final double MILLIS = 1e3;

  /** What was read. */
  Map<String, Object> read() {
    Map<String, Object> read = new LinkedHashMap<>();
    read.put(input.isTable() ? "table" : "path", input.name());
    read.put("format", input.isTable() ? null : input.format());
    read.put("with_columns", derived());
    read.put("columns", input.columns());
    read.put("where", input.where());
    read.put("limit", input.limit());
    read.values().removeIf(value -> value == null);
    return read;
  }

  /** What columns were made of; null where none were. */
  private Map<String, String> derived() {
    if (input.derived().isEmpty()) {
      return null;
    }
    Map<String, String> derived = new LinkedHashMap<>();
    input.derived().forEach(column -> derived.put(column.name(), column.sql()));
    return derived;
  }

  /** When it began and ended, in UTC. */
  Map<String, String> times() {
    Instant started = ended.minus(Duration.ofMillis((long) (seconds * MILLIS)));
    Map<String, String> times = new LinkedHashMap<>();
    times.put("started", started.truncatedTo(ChronoUnit.SECONDS).toString());
    times.put("ended", ended.truncatedTo(ChronoUnit.SECONDS).toString());
    return times;
  }

  /** Versions of what it ran in. */
  Map<String, String> versions() {
    Map<String, String> versions = new LinkedHashMap<>();
    versions.put("spark", sparkVersion);
    versions.put("java", System.getProperty("java.version"));
    return versions;
  }
}
