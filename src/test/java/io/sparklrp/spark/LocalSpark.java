package io.sparklrp.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * An embedded Spark on two threads. Its settings are system properties, as spark-submit would set
 * them, so that commands open such a session too. A session that runs when a command starts is left
 * running by it; one that a command opened ends with it.
 */
public final class LocalSpark implements BeforeAllCallback {
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(LocalSpark.class);
  private static final String MASTER = "spark.master";

  static {
    System.setProperty(MASTER, "local[2]");
    System.setProperty("spark.app.name", "tests");
    System.setProperty("spark.ui.enabled", "false");
    System.setProperty("spark.executor.heartbeatInterval", "500ms");
    System.setProperty("spark.sql.shuffle.partitions", "2");
    System.setProperty("spark.sql.warehouse.dir", warehouse());
    // Plans of a few records: compiling them takes longer than running them.
    System.setProperty("spark.sql.codegen.wholeStage", "false");
    System.setProperty("spark.sql.codegen.factoryMode", "NO_CODEGEN");
    System.setProperty("spark.sql.adaptive.enabled", "false");
  }

  private static String warehouse() {
    try {
      Path directory = Files.createDirectories(Path.of("target", "spark"));
      return Files.createTempDirectory(directory, "warehouse").toUri().toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    ExtensionContext.Store store = context.getRoot().getStore(NAMESPACE);
    store.getOrComputeIfAbsent("session", key -> (AutoCloseable) () -> session().stop());
  }

  /** The session that runs; a new one if there is none. */
  public static SparkSession session() {
    return SparkSession.builder().getOrCreate();
  }

  /** Runs something that opens a session, on another number of threads. */
  public static void onThreads(int threads, Runnable run) {
    String before = System.getProperty(MASTER);
    session().stop();
    System.setProperty(MASTER, "local[" + threads + "]");
    try {
      run.run();
    } finally {
      session().stop();
      System.setProperty(MASTER, before);
    }
  }

  /** A row of values. */
  public static Row row(Object... values) {
    return RowFactory.create(values);
  }

  /** A table of one partition. */
  public static Dataset<Row> table(String ddl, Row... rows) {
    List<Row> all = Arrays.asList(rows);
    return session().createDataFrame(all, StructType.fromDDL(ddl)).coalesce(1);
  }

  /** Writes a table of one partition as Parquet. */
  public static Path write(Path directory, String ddl, Row... rows) {
    table(ddl, rows).write().parquet(directory.toString());
    return directory;
  }

  /** The rows of a Parquet directory. */
  public static Dataset<Row> read(Path directory) {
    return session().read().parquet(directory.toString());
  }
}
