package io.sparklrp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.oracle.GoldenFixture;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A command that was run: how it ended, and what it printed. */
public record CommandRun(int exitCode, String out, String err) {
  /** A tiny classifier of three labels, LABEL_0 to LABEL_2, that reads 40 tokens. */
  static final String TINY_MODEL = "src/test/resources/golden/bert-seqcls";

  public static CommandRun of(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode = Main.execute(new PrintWriter(out, true), new PrintWriter(err, true), args);
    return new CommandRun(exitCode, out.toString(), err.toString());
  }

  /** Explains a Parquet table, whose records have an id, with the tiny model. */
  public static CommandRun explain(Path input, Path output, String... more) {
    return explainFrom("--input", input.toString(), "--output", output.toString(), more);
  }

  /** Explains files of pictures with a tiny vision transformer. */
  static CommandRun explainPictures(Path pictures, Path output, String... more) {
    return explainImages(pictures, output, join(more, "--input-format", "binaryFile"));
  }

  /** Explains pictures, in whatever form, with a tiny vision transformer. */
  static CommandRun explainImages(Path input, Path output, String... more) {
    String model = GoldenFixture.of("vit-imgcls").directory().toString();
    return explainWith(model, "--input", input.toString(), "--output", output.toString(), more);
  }

  /** Explains from anywhere to anywhere with the tiny model. */
  static CommandRun explainFrom(
      String from, String input, String to, String output, String... more) {
    return explainWith(TINY_MODEL, from, input, to, output, more);
  }

  private static CommandRun explainWith(
      String model, String from, String input, String to, String output, String... more) {
    return of(join(new String[] {"explain", "--model", model, from, input, to, output}, more));
  }

  /** Arguments and more of them. */
  static String[] join(String[] args, String... more) {
    return Stream.of(args, more).flatMap(Stream::of).toArray(String[]::new);
  }

  /** Asserts that it was done. */
  public CommandRun done() {
    assertThat(err).isEmpty();
    assertThat(exitCode).isZero();
    return this;
  }

  /** Asserts that it ended with a code and a message as users are promised, with some parts. */
  public void ended(int code, String... parts) {
    assertThat(err.lines().toList()).as(err).hasSizeBetween(1, 2);
    assertThat(err)
        .matches("(?s)spark-lrp: Cannot .+: .+[^.:;]\\. [A-Z].+[^.]\\.\\R")
        .contains(parts)
        .doesNotContain("SQLSTATE", "Exception", "\tat ", ": .");
    assertThat(exitCode).isEqualTo(code);
  }

  /** Asserts that it was refused for what the user can mend. */
  void refused(String... parts) {
    ended(ExitCode.USAGE, parts);
    assertThat(out).isEmpty();
  }
}
