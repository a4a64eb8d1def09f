package io.sparklrp.spark.settings;

import io.sparklrp.table.ExplainedSchema;
import io.sparklrp.table.Omission;
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
  /** The format of files, unless another is given. */
  public static final String FORMAT = "parquet";

  /** What is done where there is an output already, unless another is given: it is an error. */
  public static final String MODE = "error";

  /** What may be done where there is an output already. */
  public static final List<String> MODES = List.of(MODE, "overwrite", "append");

  /** What is put before the names of added columns, unless another is given: nothing. */
  public static final String PREFIX = "";

  /** Copies. */
  public OutputSettings {
    options = Map.copyOf(options);
    partitionBy = List.copyOf(partitionBy);
    without = Set.copyOf(without);
  }

  /** Files, to be said more of. */
  public static Builder files(String path) {
    return new Builder(path, null);
  }

  /** A catalogue table, to be said more of. */
  public static Builder table(String name) {
    return new Builder(null, name);
  }

  /** The columns that are added. */
  public ExplainedSchema schema() {
    return new ExplainedSchema(prefix);
  }

  /** The output's name for messages. */
  public String name() {
    return path == null ? table : path;
  }

  /** The same, written in another mode. */
  OutputSettings in(String other) {
    return new OutputSettings(path, table, format, options, partitionBy, other, prefix, without);
  }

  /** Collects settings. */
  public static final class Builder {
    private final String path;
    private final String table;
    private String format = FORMAT;
    private Map<String, String> options = Map.of();
    private List<String> partitionBy = List.of();
    private String mode = MODE;
    private String prefix = PREFIX;
    private Set<Omission> without = Set.of();

    private Builder(String path, String table) {
      this.path = path;
      this.table = table;
    }

    /** Spark's name of the files' format. */
    public Builder format(String name) {
      this.format = name;
      return this;
    }

    /** Spark's options of the format. */
    public Builder options(Map<String, String> ofFormat) {
      this.options = ofFormat;
      return this;
    }

    /** Input columns to make directories of. */
    public Builder partitionBy(List<String> columns) {
      this.partitionBy = columns;
      return this;
    }

    /** One of {@link #MODES}. */
    public Builder mode(String name) {
      this.mode = name;
      return this;
    }

    /** Put before the names of the columns that are added. */
    public Builder prefix(String text) {
      this.prefix = text;
      return this;
    }

    /** Parts that are left out. */
    public Builder without(Set<Omission> parts) {
      this.without = parts;
      return this;
    }

    /** The settings. */
    public OutputSettings build() {
      return new OutputSettings(path, table, format, options, partitionBy, mode, prefix, without);
    }
  }
}
