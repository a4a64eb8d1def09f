package io.sparklrp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.spark.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What records say never comes out in a message or in the log, whatever goes wrong. */
@ExtendWith(LocalSpark.class)
class SecretTextTest {
  private static final String SECRET = "xyzzy";

  @TempDir Path directory;
  private Path input;

  @BeforeEach
  void writeInput() {
    input =
        LocalSpark.write(
            directory.resolve("in"),
            "id STRING, text STRING, label STRING",
            LocalSpark.row("r1", "the " + SECRET + " movie", SECRET),
            LocalSpark.row("r2", SECRET, null));
  }

  private final CapturedLog log = new CapturedLog();

  @AfterEach
  void nothingOfItWasLogged() {
    log.close();
    assertThat(log.lines())
        .noneMatch(line -> line.contains(SECRET))
        .noneMatch(line -> line.contains("JobFailedException"));
  }

  private static void assertKept(CommandRun run, int exitCode) {
    assertThat(run.exitCode()).isEqualTo(exitCode);
    assertThat(run.err().lines()).hasSizeBetween(1, 2);
    assertThat(run.out() + run.err()).doesNotContain(SECRET);
  }

  @Test
  void whereACastFails() {
    CommandRun run =
        CommandRun.explain(input, directory.resolve("out"), "--where", "cast(text as int) > 3");
    assertKept(run, ExitCode.FAILED);
    assertThat(run.err()).contains("CAST_INVALID_INPUT", "--verbose");
  }

  @Test
  void whereInputIsMalformed() throws IOException {
    Path lines = directory.resolve("in.csv");
    Files.writeString(lines, "id,text\n1,fine\n" + SECRET + ",\"" + SECRET + "\n");
    CommandRun run =
        CommandRun.explain(
            lines,
            directory.resolve("out"),
            "--input-format",
            "csv",
            "--read-option",
            "header=true",
            "--read-option",
            "mode=FAILFAST",
            "--where",
            "cast(id as int) > 0");
    assertKept(run, ExitCode.FAILED);
  }

  @Test
  void whereARecordEndsTheJob() {
    CommandRun run =
        CommandRun.explain(
            input, directory.resolve("out"), "--target", "column:label", "--on-error", "fail");
    assertKept(run, ExitCode.FAILED);
  }

  @Test
  void whereTooManyRecordsFail() {
    CommandRun run =
        CommandRun.explain(
            input, directory.resolve("out"), "--target", "column:label", "--max-error-rate", "0.5");
    assertKept(run, ExitCode.QUALITY);
  }
}
