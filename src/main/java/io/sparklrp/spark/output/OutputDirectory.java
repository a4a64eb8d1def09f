package io.sparklrp.spark.output;

import io.sparklrp.error.JobFailedException;
import io.sparklrp.error.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A directory of tables and files that a command writes, none of which any other adds to.
 *
 * @param session writes it
 * @param location where it is
 * @param isOverwritten whether one that is there may be
 */
public record OutputDirectory(SparkSession session, String location, boolean isOverwritten) {
  /**
   * Refuses one that is there.
   *
   * @throws UserException if it is, and is not to be overwritten
   */
  public void checkFree() {
    try {
      if (!isOverwritten && files().exists(new Path(location))) {
        throw new UserException(
            String.format(
                "Cannot write %s: it exists. Give another --output, or --mode overwrite.",
                location));
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new UserException(
          String.format("Cannot write %s: %s. Check --output.", location, e.getMessage()), e);
    }
  }

  private FileSystem files() throws IOException {
    return new Path(location).getFileSystem(session.sparkContext().hadoopConfiguration());
  }

  /** Hadoop keeps sums beside local files, which nobody expects beside a page or a picture. */
  private FileSystem withoutSums() throws IOException {
    FileSystem files = files();
    return files instanceof LocalFileSystem local ? local.getRawFileSystem() : files;
  }

  /** Where something in it is. */
  public String path(String name) {
    return new Path(location, name).toString();
  }

  /** Writes a table. */
  public void write(String name, Dataset<Row> rows) {
    rows.write().mode(isOverwritten ? "overwrite" : "error").parquet(path(name));
  }

  /** Removes a table, if it is there. */
  public void delete(String name) {
    try {
      files().delete(new Path(location, name), true);
    } catch (IOException e) {
      throw new UserException(
          String.format("Cannot overwrite %s: %s. Check --output.", path(name), e.getMessage()), e);
    }
  }

  /** Removes all of it. */
  public void deleteAll() {
    try {
      files().delete(new Path(location), true);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot remove " + location + ": " + e.getMessage(), e);
    }
  }

  /** A table that was written. */
  public Dataset<Row> read(String name) {
    return session.read().parquet(path(name));
  }

  /** Whether a table or file is there. */
  public boolean has(String name) {
    try {
      return files().exists(new Path(location, name));
    } catch (IOException | IllegalArgumentException e) {
      throw new UserException(
          String.format("Cannot look at %s: %s. Check the path.", path(name), e.getMessage()), e);
    }
  }

  /** A file of text; empty where there is none. */
  public Optional<String> text(String name) {
    if (!has(name)) {
      return Optional.empty();
    }
    try (InputStream in = files().open(new Path(location, name))) {
      return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + path(name) + ": " + e.getMessage(), e);
    }
  }

  /** Writes a file of text. */
  public void write(String name, String text) {
    Path file = new Path(location, name);
    try {
      files().delete(file, false); // and the sums that an earlier version kept beside it
      try (OutputStream out = withoutSums().create(file, true)) {
        out.write(text.getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new JobFailedException(
          String.format(
              "Cannot write %s to %s: %s. Make room there, or give another --output.",
              name, location, e.getMessage()),
          e);
    }
  }
}
