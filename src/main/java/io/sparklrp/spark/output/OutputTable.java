package io.sparklrp.spark.output;

import io.sparklrp.attribution.HarmlessText;
import io.sparklrp.error.JobFailedException;
import io.sparklrp.error.UserException;
import io.sparklrp.spark.commit.CommitSettings;
import io.sparklrp.spark.commit.UnitFiles;
import io.sparklrp.spark.job.SparkMessage;
import io.sparklrp.spark.settings.OutputSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Where the output is written. */
public final class OutputTable {
  private final SparkSession session;
  private final OutputSettings settings;

  /** One that is neither read nor written yet. */
  public OutputTable(SparkSession session, OutputSettings settings) {
    this.session = session;
    this.settings = settings;
  }

  /** Its name for messages. */
  String name() {
    return settings.name();
  }

  /**
   * Refuses an output that is there already, before any work is done, and a directory of other
   * things: beside these rows could not be read again, and to overwrite would remove them.
   */
  public void checkFree() {
    if (settings.mode().equals("error") && holdsSome()) {
      throw exists(settings);
    }
    checkHoldsNoOther();
  }

  private void checkHoldsNoOther() {
    if (settings.path() == null || !exists()) {
      return;
    }
    Optional<String> foreign = looked(() -> unitFiles().foreign());
    if (foreign.isPresent()) {
      throw new UserException(
          String.format(
              "Cannot write to %s: it holds '%s', which is no part of an output. Take it away, or give another --output.",
              settings.name(), HarmlessText.line(foreign.get())));
    }
  }

  /** Says that an output is there already. */
  public static UserException exists(OutputSettings output) {
    return new UserException(
        String.format(
            "Cannot write %s: it exists. Give another --output, or --resume to go on with it, or --mode overwrite or append.",
            output.name()));
  }

  /**
   * Whether there is anything in it. A directory in which a run ended before its first unit of work
   * is as good as none.
   */
  boolean holdsSome() {
    return exists() && (settings.path() == null || looked(() -> holdsMore(unitFiles())));
  }

  /** Whether a directory holds rows, or what was said of them. */
  public static boolean holdsMore(UnitFiles found) throws IOException {
    Path manifest = new Path(found.output(), Manifest.DIRECTORY);
    return found.holdsSome() || found.files().exists(manifest);
  }

  /** Whether there are rows, or may be. */
  public boolean holdsRows() {
    return exists() && (settings.path() == null || looked(() -> unitFiles().holdsSome()));
  }

  /** Puts in place what a run had committed when it was killed, and removes what it had not. */
  public void recover() {
    if (settings.path() != null && exists()) {
      looked(
          () -> {
            unitFiles().recover();
            return true;
          });
    }
  }

  private UnitFiles unitFiles() throws IOException {
    return UnitFiles.of(new Path(settings.path()), hadoop());
  }

  /** A look at files. */
  @FunctionalInterface
  private interface Look<T> {
    T at() throws IOException;
  }

  private <T> T looked(Look<T> look) {
    try {
      return look.at();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot look at " + settings.path() + ": " + e.getMessage(), e);
    }
  }

  /** Refuses to overwrite files that are yet to be read. */
  public void checkHoldsNone(Dataset<Row> input) {
    if (settings.mode().equals("overwrite") && exists() && holdsSome(input)) {
      throw new UserException(
          String.format(
              "Cannot overwrite %s: it holds the input. Give another %s.",
              settings.name(), settings.path() == null ? "--output-table" : "--output"));
    }
  }

  private boolean holdsSome(Dataset<Row> input) {
    if (settings.path() == null) {
      Set<String> files = Set.copyOf(Arrays.asList(session.table(settings.table()).inputFiles()));
      return Arrays.stream(input.inputFiles()).anyMatch(files::contains);
    }
    Path output = qualified();
    return Arrays.stream(input.inputFiles()).anyMatch(file -> isBelow(file, output));
  }

  private static boolean isBelow(String file, Path directory) {
    Path path = new Path(URI.create(file));
    while (path != null && !path.equals(directory)) {
      path = path.getParent();
    }
    return path != null;
  }

  private Path qualified() {
    return looked(() -> unitFiles().output());
  }

  /** Whether the output's directory or table exists. */
  public boolean exists() {
    try {
      if (settings.path() == null) {
        return session.catalog().tableExists(settings.table());
      }
      Path path = new Path(settings.path());
      return path.getFileSystem(hadoop()).exists(path);
    } catch (UnsupportedFileSystemException e) {
      throw refused(e, SparkMessage.ofNoRecord(e));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot look at " + settings.path() + ": " + e.getMessage(), e);
    } catch (Exception e) { // AnalysisException, as above
      if (isRefusal(e)) {
        throw refused(e, SparkMessage.ofNoRecord(e));
      }
      throw e;
    }
  }

  private Configuration hadoop() {
    return session.sparkContext().hadoopConfiguration();
  }

  /** Writes the rows. */
  public void write(Dataset<Row> rows) {
    String mode = mode();
    DataFrameWriter<Row> writer = rows.write().format(settings.format()).mode(mode);
    if (settings.path() != null) {
      CommitSettings.of(session, settings.format(), mode).forEach(writer::option);
    }
    ColumnEncodings.of(settings.format(), settings.schema().columns()).forEach(writer::option);
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
        throw refused(e, SparkMessage.of(e));
      }
      Optional<String> full = SparkMessage.ofFullDisk(e);
      if (full.isPresent()) {
        throw unwritable(e, full.get());
      }
      throw e;
    }
  }

  private JobFailedException unwritable(Exception e, String reason) {
    return new JobFailedException(
        String.format(
            "Cannot write rows to %s: %s. Make room there, and in Spark's local directories.",
            settings.name(), reason),
        e);
  }

  /** Spark refuses a directory that is there, even if nothing is in it. */
  private String mode() {
    boolean isEmpty = settings.mode().equals("error") && settings.path() != null && exists();
    return isEmpty ? "append" : settings.mode();
  }

  /** Whether Spark refused to begin, rather than failed on the way. */
  private static boolean isRefusal(Exception e) {
    return e instanceof AnalysisException
        || e instanceof ClassNotFoundException
        || e instanceof IllegalArgumentException;
  }

  private UserException refused(Exception e, String reason) {
    return new UserException(
        String.format(
            "Cannot write %s: %s. Check %s, --output-format and --write-option.",
            settings.name().isEmpty() ? "the output" : settings.name(),
            reason,
            settings.path() == null ? "--output-table" : "--output"),
        e);
  }

  /** What is in the output now: our columns, maybe among others. */
  public Dataset<Row> read() {
    return readWith(new StructType());
  }

  /** What is in the output now, columns of the input among it. */
  public Dataset<Row> readWith(StructType input) {
    return settings.path() == null ? session.table(settings.table()) : readFiles(input);
  }

  /**
   * The columns' types are given, since not every format keeps them, and an output of no files has
   * none to infer. A source that takes none knows them itself; it says so by an exception of a type
   * of its own.
   */
  private Dataset<Row> readFiles(StructType input) {
    StructType columns = input;
    for (StructField ours : settings.schema().columns().fields()) {
      columns = columns.add(ours);
    }
    try {
      return reader().schema(columns).load(settings.path());
    } catch (Exception refused) { // AnalysisException is checked, but Scala does not declare it
      try {
        return reader().load(settings.path());
      } catch (Exception e) {
        e.addSuppressed(refused);
        throw e;
      }
    }
  }

  /** The columns as they are stored. */
  public StructType stored() {
    return settings.path() == null
        ? session.table(settings.table()).schema()
        : reader().load(settings.path()).schema();
  }

  private DataFrameReader reader() {
    return session.read().format(settings.format());
  }
}
