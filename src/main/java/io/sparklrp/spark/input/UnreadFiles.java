package io.sparklrp.spark.input;

import static org.apache.spark.sql.functions.not;

import io.sparklrp.error.JobFailedException;
import io.sparklrp.spark.settings.OnError;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Files of an input that cannot be read. They are found as Spark fails at them, since Spark's own
 * way to pass them over loses their records without a word.
 */
public final class UnreadFiles {
  /** An input with more of them is of another format, or on a disk that is gone. */
  private static final int MOST = 100;

  private static final Pattern MESSAGE = Pattern.compile("while reading file (\\S.*?)\\.(?:\\s|$)");

  private final Set<String> paths = new LinkedHashSet<>();
  private final OnError onError;

  /**
   * None so far.
   *
   * @param onError whether a run goes on without them
   */
  public UnreadFiles(OnError onError) {
    this.onError = onError;
  }

  /** All that were found, as Spark names them. */
  public List<String> paths() {
    return List.copyOf(paths);
  }

  /** Whether it is one of them. */
  boolean contains(Path file) {
    return paths.stream().flatMap(UnreadFiles::spelt).anyMatch(file.toString()::equals);
  }

  /**
   * Notes the file at which something failed.
   *
   * @return whether the run can go on without it
   * @throws JobFailedException if it is to end at such a file
   */
  public boolean note(Throwable failure) {
    Optional<String> found = pathIn(failure);
    if (found.isEmpty() || paths.contains(found.get())) {
      return false;
    }
    if (onError == OnError.FAIL) {
      throw new JobFailedException(
          String.format(
              "Cannot read %s: it is damaged, or of another format. Mend it or take it away, or use --on-error drop to go on without it.",
              found.get()),
          failure);
    }
    paths.add(found.get());
    if (paths.size() > MOST) {
      throw new JobFailedException(
          String.format(
              "Cannot read the input: more than %d of its files are damaged, such as %s. Look at --input-format.",
              MOST, found.get()),
          failure);
    }
    return true;
  }

  /** The file that an exception names, or one that caused it. */
  static Optional<String> pathIn(Throwable failure) {
    return first(failure, UnreadFiles::ofParameters)
        .or(() -> first(failure, UnreadFiles::ofMessage));
  }

  private static Optional<String> first(
      Throwable failure, Function<Throwable, Optional<String>> look) {
    Optional<String> found = Optional.empty();
    for (Throwable cause = failure; cause != null && found.isEmpty(); cause = cause.getCause()) {
      found = look.apply(cause);
    }
    return found;
  }

  @SuppressWarnings("deprecation") // its successor is not in Spark 3.5
  private static Optional<String> ofParameters(Throwable cause) {
    return cause instanceof SparkThrowable known
            && String.valueOf(known.getErrorClass()).startsWith("FAILED_READ_FILE")
        ? Optional.ofNullable(known.getMessageParameters().get("path"))
        : Optional.empty();
  }

  private static Optional<String> ofMessage(Throwable cause) {
    Matcher found = MESSAGE.matcher(String.valueOf(cause.getMessage()));
    return found.find() ? Optional.of(found.group(1)) : Optional.empty();
  }

  /** Records of all other files; where nothing says of which file a record is, all. */
  Dataset<Row> leftOut(Dataset<Row> rows) {
    Object[] all = paths.stream().flatMap(UnreadFiles::spelt).distinct().toArray();
    return paths.isEmpty()
        ? rows
        : rows.where(not(rows.metadataColumn("_metadata").getField("file_path").isin(all)));
  }

  /** Spark and Hadoop spell the same file in several ways. */
  private static Stream<String> spelt(String path) {
    Stream<String> plain = Stream.of(path, new Path(path).toUri().toString(), decoded(path));
    return plain.flatMap(
        one ->
            Stream.of(
                one,
                one.replaceFirst("^file:/+", "file:///"),
                one.replaceFirst("^file:/+", "file:/")));
  }

  private static String decoded(String path) {
    try {
      return new Path(URI.create(path)).toString();
    } catch (IllegalArgumentException e) {
      return path; // not encoded
    }
  }
}
