package io.sparklrp.spark.explain;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.sparklrp.error.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * What we keep in the checkpoint of a query, beside what Spark does: which query it is of, and
 * which runs have begun with the batch that is not yet done.
 */
final class QueryCheckpoint {
  private static final String OURS = "_spark_lrp";

  private final String directory;
  private final Path ours;
  private final FileSystem files;

  /** That of a directory, which may not be there yet. */
  QueryCheckpoint(String directory, Configuration hadoop) {
    this.directory = directory;
    this.ours = new Path(directory, OURS);
    this.files = done(() -> ours.getFileSystem(hadoop));
  }

  /** Something that is done with files. */
  @FunctionalInterface
  private interface Work<T> {
    T result() throws IOException;
  }

  private <T> T done(Work<T> work) {
    try {
      return work.result();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot use checkpoint " + directory + ": " + e.getMessage(), e);
    }
  }

  private Path query() {
    return new Path(ours, "query.json");
  }

  /** Whether no query has begun with it. */
  boolean isNew() {
    return done(() -> !files.exists(query()));
  }

  /**
   * Makes it that of a query, or checks that it is.
   *
   * @param query what the query is, by the options' names
   * @throws UserException if it is that of another one
   */
  void open(Map<String, String> query) {
    if (!isNew()) {
      check(query);
      return;
    }
    if (done(
        () ->
            files.exists(new Path(directory))
                && files.listStatus(new Path(directory)).length > 0)) {
      throw refusal("it is not of a run of explain");
    }
    done(
        () -> {
          try (OutputStream out = files.create(query(), false)) {
            out.write(json().writeValueAsBytes(new TreeMap<>(query)));
          }
          return true;
        });
  }

  private void check(Map<String, String> query) {
    Map<String, String> found =
        done(
            () -> {
              try (InputStream in = files.open(query())) {
                return json().readValue(in.readAllBytes(), new TypeReference<>() {});
              }
            });
    TreeSet<String> names = new TreeSet<>(found.keySet());
    names.addAll(query.keySet());
    List<String> off = new ArrayList<>();
    for (String name : names) {
      if (!Objects.equals(found.get(name), query.get(name))) {
        off.add(String.format("%s %s instead of %s", name, found.get(name), query.get(name)));
      }
    }
    if (!off.isEmpty()) {
      throw refusal("it is of another query: " + String.join(", ", off));
    }
  }

  private UserException refusal(String reason) {
    return new UserException(
        String.format(
            "Cannot use checkpoint %s: %s. Give that query's options, or another --checkpoint.",
            directory, reason));
  }

  private static ObjectMapper json() {
    return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  }

  /**
   * Notes that a run begins with a batch.
   *
   * @return the runs that began with it before
   */
  List<String> begin(long batch, String runId) {
    Path attempts = new Path(ours, "batch-" + batch);
    return done(
        () -> {
          forgetOthers(attempts);
          List<String> before = new ArrayList<>();
          for (FileStatus one : files.listStatus(attempts)) {
            before.add(one.getPath().getName());
          }
          files.create(new Path(attempts, runId), false).close();
          return before;
        });
  }

  /** Batches before the last one are done. */
  private void forgetOthers(Path attempts) throws IOException {
    for (FileStatus one : files.listStatus(ours)) {
      if (one.isDirectory() && !one.getPath().getName().equals(attempts.getName())) {
        files.delete(one.getPath(), true);
      }
    }
    files.mkdirs(attempts);
  }
}
