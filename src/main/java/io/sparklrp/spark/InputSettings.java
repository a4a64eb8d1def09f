package io.sparklrp.spark;

import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * What is read.
 *
 * @param path files or a directory, on any Hadoop path; null where a table is read
 * @param table a catalogue table; null where files are read
 * @param format Spark's name of the files' format
 * @param options Spark's options of the format
 * @param columns the columns to keep; empty for all
 * @param where a condition in SQL; null for none
 * @param limit most records; null for all
 */
public record InputSettings(
    String path,
    String table,
    String format,
    Map<String, String> options,
    List<String> columns,
    String where,
    Integer limit)
    implements Serializable {
  /** Copies. */
  public InputSettings {
    options = Map.copyOf(options);
    columns = List.copyOf(columns);
  }
}
