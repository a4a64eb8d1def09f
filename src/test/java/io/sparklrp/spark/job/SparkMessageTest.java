package io.sparklrp.spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.core.JsonParseException;
import io.sparklrp.spark.LocalSpark;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.time.DateTimeException;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import java.util.zip.DataFormatException;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PathIsDirectoryException;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Only messages are told of which it is known that they hold no value of a record. */
@ExtendWith(LocalSpark.class)
class SparkMessageTest {
  private static final String SECRET = "xyzzy";

  private static Stream<Throwable> thatMayHoldValues() {
    return Stream.of(
        new RuntimeException(SECRET),
        new IllegalArgumentException("cannot parse " + SECRET),
        new IllegalStateException(SECRET),
        new IOException("bad line: " + SECRET),
        new IOException("No space left on device: " + SECRET),
        new UncheckedIOException(SECRET, new IOException(SECRET)),
        new NumberFormatException("For input string: " + SECRET),
        new DateTimeException(SECRET),
        new ClassCastException(SECRET),
        new ArithmeticException(SECRET),
        new StringIndexOutOfBoundsException(SECRET),
        new NoSuchElementException("key not found: " + SECRET),
        new JsonParseException(null, "Unrecognized token '" + SECRET + "'"),
        new UnsupportedOperationException(SECRET),
        new NullPointerException(SECRET),
        new DataFormatException(SECRET),
        new SparkException("Task failed: " + SECRET),
        new AssertionError(SECRET),
        new OutOfMemoryError(SECRET),
        new StackOverflowError(SECRET));
  }

  @ParameterizedTest
  @MethodSource("thatMayHoldValues")
  void valuesAreNotTold(Throwable e) {
    assertThat(SparkMessage.of(e)).doesNotContain(SECRET).isEqualTo(e.getClass().getSimpleName());
  }

  private static Stream<Throwable> ofFilesAndHosts() {
    return Stream.of(
        new FileNotFoundException("File file:/data/" + SECRET + " does not exist."),
        new NoSuchFileException("/data/" + SECRET),
        new AccessDeniedException("/data/" + SECRET),
        new PathIsDirectoryException("/data/" + SECRET),
        new UnsupportedFileSystemException("No FileSystem for scheme \"" + SECRET + "\""),
        new UnknownHostException(SECRET),
        new ConnectException("Call to " + SECRET + ":8020 failed: Connection refused"),
        catchThrowable(() -> new Path(SECRET + "::/a b")));
  }

  @ParameterizedTest
  @MethodSource("ofFilesAndHosts")
  void filesAndHostsAreTold(Throwable e) {
    assertThat(SparkMessage.of(e)).contains(SECRET).doesNotEndWith(".").hasLineCount(1);
  }

  @Test
  void whatTheSystemSaysIsTold() {
    assertThat(SparkMessage.of(new IOException("No space left on device")))
        .isEqualTo("No space left on device");
    assertThat(SparkMessage.of(new MalformedInputException(3)))
        .isEqualTo("MalformedInputException");
  }

  @ParameterizedTest
  @ValueSource(strings = {"select nosuch from range(3)", "selekt 1", "select * from nosuch"})
  void queriesAreTold(String query) {
    Throwable e = catchThrowable(() -> LocalSpark.session().sql(query));
    assertThat(SparkMessage.of(e)).containsAnyOf("nosuch", "selekt").doesNotContain("SQLSTATE");
  }

  @Test
  void whatSparkWrapsHasTheNameOfItsCause() {
    Throwable cause = catchThrowable(() -> LocalSpark.session().sql("select * from nosuch"));
    assertThat(SparkMessage.of(new RuntimeException(SECRET, cause)))
        .contains("TABLE_OR_VIEW_NOT_FOUND")
        .doesNotContain(SECRET);
  }

  /** What Spark throws of a value: its name for the error. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "cast(text as int)",
        "cast(text as date)",
        "cast(text as timestamp)",
        "to_timestamp(text, 'yyyy')",
        "cast(text as decimal(3,1))",
        "from_json(text, 'a int', map('mode', 'FAILFAST'))",
        "from_csv(text, 'a int', map('mode', 'FAILFAST'))",
        "parse_json(text)",
        "element_at(map('a', 1), text) / 0",
        "raise_error(text)",
        "assert_true(text = '', text)",
        "to_number(text, '999')",
        "to_binary(text, 'hex')",
        "unhex(text) || cast(text as binary) || cast(text as boolean)",
        "make_date(length(text), 99, 1)",
        "map(text, 1, text, 2)"
      })
  void valuesInErrorsOfSparkAreNotTold(String expression) {
    List<String> found =
        Stream.iterate(
                catchThrowable(
                    () ->
                        LocalSpark.table("text STRING", LocalSpark.row(SECRET + " {"))
                            .selectExpr(expression)
                            .collectAsList()),
                e -> e != null,
                Throwable::getCause)
            .map(SparkMessage::of)
            .toList();
    assertThat(found).noneMatch(line -> line.contains(SECRET));
  }
}
