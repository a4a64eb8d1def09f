package io.sparklrp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.spark.LocalSpark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** New files are explained once, also where a batch of them is done in two attempts. */
@ExtendWith(LocalSpark.class)
class IncrementalTest {
  private static final String DDL = "id INT, text STRING";

  @TempDir Path directory;
  private Path input;
  private Path output;
  private Path checkpoint;

  @BeforeEach
  void setUp() {
    input = directory.resolve("in");
    output = directory.resolve("out");
    checkpoint = directory.resolve("checkpoint");
  }

  private void drop(Row... rows) {
    LocalSpark.table(DDL, rows).write().mode(SaveMode.Append).parquet(input.toString());
  }

  private CommandRun explain(String... more) {
    String[] incremental = {"--incremental", "--checkpoint", checkpoint.toString()};
    return CommandRun.explain(input, output, CommandRun.join(incremental, more));
  }

  private List<Integer> ids() {
    return LocalSpark.read(output).orderBy("id").select("id").collectAsList().stream()
        .map(row -> row.getInt(0))
        .toList();
  }

  @Test
  void onlyNewFilesAreExplained() {
    drop(LocalSpark.row(1, "the movie was bad"), LocalSpark.row(2, ""));
    assertThat(explain().done().out()).startsWith("Explained 1 record (1 error, ");
    assertThat(explain().done().out()).startsWith("Nothing is new in ");
    drop(LocalSpark.row(3, "the food was cold"));
    drop(LocalSpark.row(1, "the movie was bad")); // a record that is the same in a new file is new
    assertThat(explain().done().out()).startsWith("Explained 2 records (0 errors, ");
    assertThat(ids()).containsExactly(1, 1, 2, 3);
    assertThat(LocalSpark.read(output).select("run_id").distinct().count()).isEqualTo(2);
  }

  @Test
  void theSameFilesGiveTheSameRowsAsAWhole() {
    drop(LocalSpark.row(1, "the movie was bad"));
    explain().done();
    drop(LocalSpark.row(2, "the food was cold"));
    explain().done();
    Path whole = directory.resolve("whole");
    CommandRun.explain(input, whole).done();
    assertThat(rows(output)).isEqualTo(rows(whole));
  }

  private static List<String> rows(Path of) {
    return LocalSpark.read(of)
        .selectExpr("id", "tokens.token", "prediction.label")
        .orderBy("id")
        .toJSON()
        .collectAsList();
  }

  /** A batch whose run ends on the way is done again, less what is kept of it. */
  @Test
  void aBatchThatIsDoneInTwoAttemptsIsThereOnce() throws Exception {
    drop(LocalSpark.row(-1, "the movie was bad"));
    explain().done();
    for (int file = 0; file < 6; file++) {
      int first = file * 10;
      drop(
          IntStream.range(first, first + 10)
              .mapToObj(i -> LocalSpark.row(i / 2, "the movie was bad"))
              .toArray(Row[]::new));
    }
    drop(LocalSpark.row(99, null));
    LocalSpark.session().conf().set("spark.sparklrp.taskSeconds", "1e-6"); // a record, a task
    try {
      CommandRun failed = explain("--on-error", "fail");
      assertThat(failed.exitCode()).isEqualTo(ExitCode.FAILED);
      assertThat(failed.err())
          .contains("Cannot explain record", "are kept in", "Run the same command to go on.");
      long kept = LocalSpark.read(output).count();
      assertThat(kept).isBetween(2L, 61L);
      assertThat(explain().done().out()).contains("held " + (kept - 1) + " others already");
    } finally {
      LocalSpark.session().conf().unset("spark.sparklrp.taskSeconds");
    }
    assertThat(ids()).hasSize(62);
    assertThat(LocalSpark.read(output).groupBy("id").count().where("count <> 2").count())
        .isEqualTo(2);
    assertThat(explain().done().out()).startsWith("Nothing is new in ");
  }

  /** Spark did not hear that a batch was done: all of it is there already. */
  @Test
  void aBatchThatIsDoneAndNotNotedIsNotDoneAgain() throws Exception {
    drop(LocalSpark.row(1, "the movie was bad"), LocalSpark.row(1, "the movie was bad"));
    explain().done();
    try (Stream<Path> commits = Files.list(checkpoint.resolve("commits"))) {
      for (Path commit : commits.toList()) {
        Files.delete(commit);
      }
    }
    assertThat(explain().done().out()).startsWith("Explained 0 records").contains("held 2 others");
    assertThat(ids()).containsExactly(1, 1);
  }

  @Test
  void batchesAreAsLargeAsAskedFor() {
    drop(LocalSpark.row(1, "the movie was bad"));
    drop(LocalSpark.row(2, "the movie was bad"));
    CommandRun run = explain("--read-option", "maxFilesPerTrigger=1").done();
    assertThat(run.out().lines().filter(line -> line.startsWith("Explained 1 record"))).hasSize(2);
    assertThat(ids()).containsExactly(1, 2);
  }

  @Test
  void aBatchThatFailsAGateIsToldAndTheNextIsDone() {
    drop(LocalSpark.row(1, ""));
    explain("--max-error-rate", "0.5").ended(ExitCode.QUALITY, "records");
    drop(LocalSpark.row(2, "the movie was bad"));
    explain("--max-error-rate", "0.5").done();
    assertThat(ids()).containsExactly(1, 2);
  }

  @Test
  void aCheckpointOfAnotherQueryIsRefused() throws Exception {
    drop(LocalSpark.row(1, "the movie was bad"));
    explain().done();
    explain("--method", "lrp").refused("method lrp-stay instead of lrp", "--checkpoint");
    explain("--target", "1").refused("target predicted instead of 1");
    explain("--where", "id > 1").refused("where null instead of id > 1");
    Path elsewhere = directory.resolve("elsewhere");
    CommandRun.explain(input, elsewhere, "--incremental", "--checkpoint", checkpoint + "")
        .refused("output " + output, "instead of " + elsewhere);
    Path foreign = directory.resolve("foreign");
    Files.createDirectories(foreign.resolve("offsets"));
    CommandRun.explain(input, elsewhere, "--incremental", "--checkpoint", foreign + "")
        .refused("it is not of a run of explain");
    Path fresh = directory.resolve("fresh");
    CommandRun.explain(input, output, "--incremental", "--checkpoint", fresh + "")
        .refused("it exists");
    assertThat(fresh).doesNotExist();
  }

  @Test
  void whatDoesNotGoTogetherIsRefused() {
    CommandRun.explain(input, output, "--incremental").refused("--checkpoint");
    CommandRun.explain(input, output, "--checkpoint", checkpoint + "").refused("--incremental");
    explain("--limit", "3").refused("--limit with --incremental");
    explain("--mode", "overwrite").refused("--mode overwrite with --incremental");
    explain("--resume").refused("--resume with --incremental");
    explain("--dry-run").refused("--dry-run with --incremental");
    CommandRun.explainFrom(
            "--input-table", "t", "--output", output + "", "--incremental", "--checkpoint", "c")
        .refused("--input-table with --incremental");
  }
}
