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
  /** The format of files whose names have no ending that says another, unless one is given. */
  public static final String FORMAT = "parquet";

  /** Copies. */
  public InputSettings {
    options = Map.copyOf(options);
    columns = List.copyOf(columns);
  }

  /** Files, to be said more of. */
  public static Builder files(String path) {
    return new Builder(path, null);
  }

  /** A catalogue table, to be said more of. */
  public static Builder table(String name) {
    return new Builder(null, name);
  }

  /** The input's name for messages. */
  public String name() {
    return path == null ? table : path;
  }

  /** Collects settings. */
  public static final class Builder {
    private final String path;
    private final String table;
    private String format;
    private Map<String, String> options = Map.of();
    private List<String> columns = List.of();
    private String where;
    private Integer limit;

    private Builder(String path, String table) {
      this.path = path;
      this.table = table;
    }

    /** Spark's name of the files' format; null for that which their names end with. */
    public Builder format(String name) {
      this.format = name;
      return this;
    }

    /** Spark's options of the format. */
    public Builder options(Map<String, String> ofFormat) {
      this.options = ofFormat;
      return this;
    }

    /** The columns to keep; empty for all. */
    public Builder columns(List<String> kept) {
      this.columns = kept;
      return this;
    }

    /** A condition in SQL; null for none. */
    public Builder where(String condition) {
      this.where = condition;
      return this;
    }

    /** Most records; null for all. */
    public Builder limit(Integer records) {
      this.limit = records;
      return this;
    }

    /** The settings. */
    public InputSettings build() {
      if (format != null || path == null) {
        String name = format == null ? FORMAT : format;
        return new InputSettings(path, table, name, options, columns, where, limit);
      }
      InputFormat found = InputFormat.of(path);
      return new InputSettings(
          path, null, found.name(), found.with(options), columns, where, limit);
    }
  }
}
