package io.sparklrp.spark.report;

import io.sparklrp.error.UserException;
import io.sparklrp.spark.output.ExplainedOutput;
import io.sparklrp.spark.output.OutputDirectory;
import io.sparklrp.spark.settings.ReportSettings;
import java.io.IOException;
import java.util.UUID;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** Where a page goes. */
final class ReportPlace {
  private final SparkSession session;
  private final String given;
  private final Path file;

  private ReportPlace(SparkSession session, String given) {
    this.session = session;
    this.given = given;
    this.file = qualified(new Path(given));
  }

  /**
   * The place that settings say.
   *
   * @throws UserException if it is none, or something is there that is not to be overwritten
   */
  static ReportPlace free(SparkSession session, ReportSettings settings) {
    ReportPlace place = new ReportPlace(session, settings.output());
    place.checkFree(settings.isOverwritten());
    return place;
  }

  private void checkFree(boolean isOverwritten) {
    try {
      FileSystem files = files(file);
      if (files.exists(file) && (!isOverwritten || files.getFileStatus(file).isDirectory())) {
        throw new UserException(
            String.format(
                "Cannot write %s: it exists. Give another --output, or --mode overwrite for a file.",
                given));
      }
    } catch (IOException | IllegalArgumentException e) {
      throw cannotWrite(e);
    }
  }

  /**
   * Spark takes all files in an output for parts of it.
   *
   * @throws UserException if the page would be one
   */
  void checkBeside(ExplainedOutput output) {
    Path place = file.getParent();
    if (output.settings().paths().stream()
        .map(Path::new)
        .map(this::qualified)
        .anyMatch(i -> i.equals(place))) {
      throw new UserException(
          String.format(
              "Cannot write %s: it would be read as a part of %s. Give another --output, such as a place beside it.",
              given, output.name()));
    }
  }

  /** A directory beside the page, for tables that nobody asked to keep. */
  OutputDirectory tables() {
    String name = "." + file.getName() + ".tables-" + UUID.randomUUID();
    return new OutputDirectory(session, new Path(directory(), name).toString(), true);
  }

  /** Writes the page. */
  void write(String page) {
    new OutputDirectory(session, directory(), true).write(file.getName(), page);
  }

  private String directory() {
    return file.getParent() == null ? Path.SEPARATOR : file.getParent().toString();
  }

  private Path qualified(Path path) {
    try {
      return files(path).makeQualified(path);
    } catch (IOException | IllegalArgumentException e) {
      throw cannotWrite(e);
    }
  }

  private FileSystem files(Path path) throws IOException {
    return path.getFileSystem(session.sparkContext().hadoopConfiguration());
  }

  private UserException cannotWrite(Exception e) {
    return new UserException(
        String.format("Cannot write %s: %s. Check --output.", given, e.getMessage()), e);
  }
}
