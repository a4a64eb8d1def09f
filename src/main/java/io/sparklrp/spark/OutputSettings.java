package io.sparklrp.spark;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is written.
 *
 * @param path a directory on any Hadoop path; null where a table is written
 * @param table a catalogue table; null where files are written
 * @param format Spark's name of the files' format
 * @param options Spark's options of the format
 * @param partitionBy input columns to make directories of
 * @param mode {@code error}, {@code overwrite} or {@code append}
 * @param prefix put before the names of the columns that are added
 * @param without parts that are left out
 */
public record OutputSettings(
    String path,
    String table,
    String format,
    Map<String, String> options,
    List<String> partitionBy,
    String mode,
    String prefix,
    Set<Omission> without)
    implements Serializable {
  /** Copies. */
  public OutputSettings {
    options = Map.copyOf(options);
    partitionBy = List.copyOf(partitionBy);
    without = Set.copyOf(without);
  }

  /** The output's name for messages. */
  public String name() {
    return path == null ? table : path;
  }
}
