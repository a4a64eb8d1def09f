package io.sparklrp.spark.input;

import io.sparklrp.spark.settings.InputSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Opens files, of which the one that tells their columns may be damaged. */
final class InputFiles {
  /** Spark reads these from files, and would pass damaged ones over where a cluster says so. */
  private static final Set<String> OF_FILES =
      Set.of("parquet", "orc", "json", "csv", "text", "avro", "xml", "binaryfile", "image");

  private final SparkSession session;
  private final InputSettings input;
  private final UnreadFiles unread;

  InputFiles(SparkSession session, InputSettings input, UnreadFiles unread) {
    this.session = session;
    this.input = input;
    this.unread = unread;
  }

  /** Their records, those of damaged files too. */
  Dataset<Row> read() {
    try {
      return input.load(reader());
    } catch (Exception e) { // AnalysisException is checked, but Scala does not declare it
      if (!unread.note(e)) {
        throw e;
      }
      return input.load(reader().schema(columnsOfOthers()));
    }
  }

  private DataFrameReader reader() {
    DataFrameReader reader = session.read().format(input.format());
    input.options().forEach(reader::option);
    return OF_FILES.contains(input.format().toLowerCase(Locale.ROOT))
        ? reader.option("ignoreCorruptFiles", "false")
        : reader;
  }

  private StructType columnsOfOthers() {
    while (true) {
      try {
        return reader().load(others()).schema();
      } catch (Exception e) { // as above
        if (!unread.note(e)) {
          throw e;
        }
      }
    }
  }

  private String[] others() {
    Configuration hadoop = session.sparkContext().hadoopConfiguration();
    List<String> found = new ArrayList<>();
    try {
      for (String path : input.paths()) {
        FileSystem files = new Path(path).getFileSystem(hadoop);
        FileStatus[] places = files.globStatus(new Path(path));
        for (FileStatus place : places == null ? new FileStatus[0] : places) {
          collect(files, place, found);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot look at " + input.name() + ": " + e.getMessage(), e);
    }
    return found.toArray(String[]::new);
  }

  private void collect(FileSystem files, FileStatus place, List<String> found) throws IOException {
    if (place.isFile()) {
      if (!unread.contains(place.getPath())) {
        found.add(place.getPath().toString());
      }
      return;
    }
    for (FileStatus one : files.listStatus(place.getPath())) {
      String name = one.getPath().getName();
      if (!name.startsWith(".") && (!name.startsWith("_") || name.contains("="))) {
        collect(files, one, found);
      }
    }
  }
}
