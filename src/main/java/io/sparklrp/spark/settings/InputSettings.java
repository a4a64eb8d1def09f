package io.sparklrp.spark.settings;

import io.sparklrp.error.UserException;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What is read.
 *
 * @param paths files or directories, on any Hadoop path; empty where a table is read
 * @param table a catalogue table; null where files are read
 * @param format Spark's name of the files' format
 * @param options Spark's options of the format
 * @param derived columns that are made of these, each of those before it too
 * @param columns the columns to keep; empty for all
 * @param where a condition in SQL; null for none
 * @param limit most records; null for all
 */
public record InputSettings(
    List<String> paths,
    String table,
    String format,
    Map<String, String> options,
    List<DerivedColumn> derived,
    List<String> columns,
    String where,
    Integer limit)
    implements Serializable {
  /** The format of files whose names have no ending that says another, unless one is given. */
  public static final String FORMAT = "parquet";

  /** Copies. */
  public InputSettings {
    paths = List.copyOf(paths);
    options = Map.copyOf(options);
    derived = List.copyOf(derived);
    columns = List.copyOf(columns);
  }

  /** Files, to be said more of. */
  public static Builder files(String path) {
    return files(List.of(path));
  }

  /** Files of several places that are read as one, to be said more of. */
  public static Builder files(List<String> paths) {
    return new Builder(paths, null);
  }

  /** A catalogue table, to be said more of. */
  public static Builder table(String name) {
    return new Builder(List.of(), name);
  }

  /** The input's name for messages. */
  public String name() {
    return isTable() ? table : String.join(", ", paths);
  }

  /** Whether a catalogue table is read. */
  public boolean isTable() {
    return paths.isEmpty();
  }

  /** What a reader finds there. */
  public Dataset<Row> load(DataFrameReader reader) {
    // not every source takes several
    return paths.size() == 1
        ? reader.load(paths.get(0))
        : reader.load(paths.toArray(String[]::new));
  }

  /** The first of the paths; null where a table is read. */
  public String path() {
    return isTable() ? null : paths.get(0);
  }

  /** Collects settings. */
  public static final class Builder {
    private final List<String> paths;
    private final String table;
    private String format;
    private Map<String, String> options = Map.of();
    private List<DerivedColumn> derived = List.of();
    private List<String> columns = List.of();
    private String where;
    private Integer limit;

    private Builder(List<String> paths, String table) {
      this.paths = paths;
      this.table = table;
    }

    /** The files' format, as Spark or their names call it; null for that which these end with. */
    public Builder format(String name) {
      this.format = name;
      return this;
    }

    /** Spark's options of the format. */
    public Builder options(Map<String, String> ofFormat) {
      this.options = ofFormat;
      return this;
    }

    /** Columns that are made of these, each of those before it too. */
    public Builder derived(List<DerivedColumn> made) {
      this.derived = made;
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

    /**
     * The settings.
     *
     * @throws UserException if the paths end as files of different formats do, and none is given
     */
    public InputSettings build() {
      if (format != null || paths.isEmpty()) {
        InputFormat said = InputFormat.named(format == null ? FORMAT : format);
        return new InputSettings(
            paths, table, said.name(), said.with(options), derived, columns, where, limit);
      }
      List<InputFormat> found = paths.stream().map(InputFormat::of).distinct().toList();
      if (found.size() > 1) {
        throw new UserException(
            String.format(
                "Cannot read %s as one: their names end as files of different formats do. Give --input-format, or read them"
                    + " apart.",
                String.join(", ", paths)));
      }
      InputFormat only = found.get(0);
      return new InputSettings(
          paths, null, only.name(), only.with(options), derived, columns, where, limit);
    }
  }
}
