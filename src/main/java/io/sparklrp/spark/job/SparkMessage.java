package io.sparklrp.spark.job;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.ParentNotDirectoryException;
import org.apache.hadoop.fs.PathIOException;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.security.AccessControlException;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;

/**
 * What to tell users of an exception that Spark, or something below it, threw. Messages may hold
 * values of records: only those are told of which it is known that they do not.
 */
public final class SparkMessage {
  /** These name columns, paths, formats and hosts. */
  private static final List<Class<? extends Throwable>> OF_NO_RECORD =
      List.of(
          AnalysisException.class,
          ClassNotFoundException.class,
          FileNotFoundException.class,
          FileSystemException.class,
          FileAlreadyExistsException.class,
          ParentNotDirectoryException.class,
          PathIOException.class,
          UnsupportedFileSystemException.class,
          AccessControlException.class,
          URISyntaxException.class,
          UnknownHostException.class,
          ConnectException.class,
          NoRouteToHostException.class);

  /** What operating systems say, whatever is read or written. */
  private static final List<String> OF_THE_SYSTEM =
      List.of(
          "No space left on device",
          "Disk quota exceeded",
          "Permission denied",
          "Read-only file system",
          "Too many open files",
          "Input/output error",
          "Connection reset",
          "Broken pipe");

  /** Of these, what keeps files from being written. */
  private static final List<String> OF_A_FULL_DISK =
      List.of("No space left on device", "Disk quota exceeded", "Read-only file system");

  private SparkMessage() {}

  /**
   * One line without a full stop at its end: the message, if it is one that holds no value of a
   * record; otherwise what became of executors, Spark's name of the error, or the exception's.
   */
  public static String of(Throwable e) {
    return isOfNoRecord(e) ? firstLine(e) : LostExecutors.of(e).orElseGet(() -> named(e));
  }

  /** Spark wraps what failed in a task, without a name of its own. */
  private static String named(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      String condition = condition(cause);
      if (condition != null) {
        return condition;
      }
    }
    return name(e);
  }

  /**
   * What the system says of files that cannot be written; empty where nothing of the kind is below.
   */
  public static Optional<String> ofFullDisk(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      if (cause instanceof IOException && OF_A_FULL_DISK.contains(message)) {
        return Optional.of(message);
      }
    }
    return Optional.empty();
  }

  private static boolean isOfNoRecord(Throwable e) {
    boolean isOfTheSystem =
        e instanceof IOException && OF_THE_SYSTEM.contains(String.valueOf(e.getMessage()));
    boolean isOfAPath =
        e instanceof IllegalArgumentException && e.getCause() instanceof URISyntaxException;
    return isOfTheSystem || isOfAPath || OF_NO_RECORD.stream().anyMatch(type -> type.isInstance(e));
  }

  @SuppressWarnings("deprecation") // its successor is not in Spark 3.5
  private static String condition(Throwable e) {
    return e instanceof SparkThrowable known ? known.getErrorClass() : null;
  }

  /** The same for what failed before any record was read: its message, whatever it is. */
  public static String ofNoRecord(Throwable e) {
    return firstLine(e);
  }

  private static String firstLine(Throwable e) {
    String line =
        Stream.ofNullable(e.getMessage())
            .flatMap(String::lines)
            .filter(text -> !text.isBlank())
            .findFirst()
            .orElse(name(e));
    line = line.replaceAll("\\s*SQLSTATE: \\w+.*$", "").strip();
    return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
  }

  private static String name(Throwable e) {
    return e.getClass().getSimpleName();
  }
}
