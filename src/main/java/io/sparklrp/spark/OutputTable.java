package io.sparklrp.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map_from_entries;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparklrp.attribution.Provenance;
import io.sparklrp.error.UserException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;

/** The output: its last columns, and where it is written. */
final class OutputTable {
  /** Key of the provenance in the metadata of the column {@code method}. */
  static final String PROVENANCE = "spark_lrp";

  private final SparkSession session;
  private final OutputSettings settings;

  OutputTable(SparkSession session, OutputSettings settings) {
    this.session = session;
    this.settings = settings;
  }

  /** Refuses an output that is there already, before any work is done. */
  void checkFree() {
    if (!settings.mode().equals("error")) {
      return;
    }
    if (exists()) {
      throw new UserException(
          String.format(
              "Cannot write %s: it exists. Give another --output, or --mode overwrite or append.",
              settings.name()));
    }
  }

  /** Refuses to overwrite files that are yet to be read. */
  void checkHoldsNone(Dataset<Row> input) {
    if (!settings.mode().equals("overwrite") || settings.path() == null || !exists()) {
      return;
    }
    Path output = qualified();
    if (Arrays.stream(input.inputFiles()).anyMatch(file -> isBelow(file, output))) {
      throw new UserException(
          String.format(
              "Cannot overwrite %s: it holds the input. Give another --output.", settings.path()));
    }
  }

  private static boolean isBelow(String file, Path directory) {
    Path path = new Path(URI.create(file));
    while (path != null && !path.equals(directory)) {
      path = path.getParent();
    }
    return path != null;
  }

  private Path qualified() {
    Path path = new Path(settings.path());
    try {
      return path.getFileSystem(hadoop()).makeQualified(path);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot look at " + settings.path() + ": " + e.getMessage(), e);
    }
  }

  /** Whether the output's directory or table exists. */
  boolean exists() {
    try {
      if (settings.path() == null) {
        return session.catalog().tableExists(settings.table());
      }
      Path path = new Path(settings.path());
      return path.getFileSystem(hadoop()).exists(path);
    } catch (UnsupportedFileSystemException e) {
      throw refused(e);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot look at " + settings.path() + ": " + e.getMessage(), e);
    } catch (Exception e) { // AnalysisException, as above
      if (isRefusal(e)) {
        throw refused(e);
      }
      throw e;
    }
  }

  private Configuration hadoop() {
    return session.sparkContext().hadoopConfiguration();
  }

  /**
   * The columns of the contract from those that tasks made: maps, and the run's own columns with
   * its provenance.
   */
  Dataset<Row> finished(Dataset<Row> made, Provenance provenance) {
    List<Column> columns = new ArrayList<>();
    String prefix = settings.prefix();
    int inputs = made.columns().length - OutputColumns.MADE_BY_TASKS.size();
    Arrays.stream(made.columns()).limit(inputs).forEach(name -> columns.add(quoted(name)));
    for (String name : OutputColumns.NAMES) {
      columns.add(finished(name, provenance).as(prefix + name, metadata(name, provenance)));
    }
    return made.select(columns.toArray(Column[]::new));
  }

  /** The column of that very name, dots and all. */
  static Column quoted(String name) {
    return col("`" + name.replace("`", "``") + "`");
  }

  private Column finished(String name, Provenance provenance) {
    Column made = quoted(settings.prefix() + name);
    Column explained = quoted(settings.prefix() + OutputColumns.ERROR).isNull();
    return switch (name) {
      case OutputColumns.METHOD -> when(explained, provenance.method());
      case OutputColumns.MODEL_ID -> when(explained, provenance.modelId());
      case OutputColumns.LEDGER -> when(made.isNotNull(), ledger(made));
      default -> made;
    };
  }

  private static Column ledger(Column made) {
    List<Column> fields = new ArrayList<>();
    for (String amount : List.of("tokens", "position", "segment", "bias", "residual")) {
      fields.add(made.getField(amount).as(amount));
    }
    fields.add(map_from_entries(made.getField(OutputColumns.BY_LAYER)).as(OutputColumns.BY_LAYER));
    fields.add(
        lit(null)
            .cast(DataTypes.createMapType(DataTypes.StringType, DataTypes.DoubleType))
            .as(OutputColumns.BY_CAUSE));
    return struct(fields.toArray(Column[]::new));
  }

  private static Metadata metadata(String name, Provenance provenance) {
    if (!name.equals(OutputColumns.METHOD)) {
      return Metadata.empty();
    }
    try {
      String json = new ObjectMapper().writeValueAsString(provenance);
      return new MetadataBuilder().putString(PROVENANCE, json).build();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot write the provenance as JSON.", e);
    }
  }

  /** Writes the rows. */
  void write(Dataset<Row> rows) {
    DataFrameWriter<Row> writer = rows.write().format(settings.format()).mode(settings.mode());
    settings.options().forEach(writer::option);
    if (!settings.partitionBy().isEmpty()) {
      writer.partitionBy(settings.partitionBy().toArray(String[]::new));
    }
    try {
      if (settings.path() == null) {
        writer.saveAsTable(settings.table());
      } else {
        writer.save(settings.path());
      }
    } catch (Exception e) { // AnalysisException is checked, but Scala does not declare it
      if (isRefusal(e)) {
        throw refused(e);
      }
      throw e;
    }
  }

  /** Whether Spark refused to begin, rather than failed on the way. */
  private static boolean isRefusal(Exception e) {
    return e instanceof AnalysisException
        || e instanceof ClassNotFoundException
        || e instanceof IllegalArgumentException;
  }

  private UserException refused(Exception e) {
    return new UserException(
        String.format(
            "Cannot write %s: %s. Check %s, --output-format and --write-option.",
            settings.name().isEmpty() ? "the output" : settings.name(),
            SparkMessage.of(e),
            settings.path() == null ? "--output-table" : "--output"),
        e);
  }

  /**
   * What is in the output now: our columns. Their types are given, since not every format keeps
   * them, and an output of no files has none to infer.
   */
  Dataset<Row> read() {
    return settings.path() == null
        ? session.table(settings.table())
        : session
            .read()
            .schema(OutputColumns.written(settings.prefix()))
            .format(settings.format())
            .load(settings.path());
  }
}
