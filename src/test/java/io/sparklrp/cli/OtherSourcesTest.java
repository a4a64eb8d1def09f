package io.sparklrp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.spark.LocalSpark;
import io.sparklrp.spark.MemorySource;
import java.nio.file.Path;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Sources that are no files of Spark's, and what becomes of rows that they lose. */
@ExtendWith(LocalSpark.class)
class OtherSourcesTest {
  private static final String MEMORY = MemorySource.class.getName();

  @TempDir Path directory;
  private Path input;
  private Path output;

  @BeforeEach
  void writeInput() {
    output = directory.resolve("out");
    input =
        LocalSpark.write(
            directory.resolve("in"),
            "id INT, text STRING",
            LocalSpark.row(1, "the movie was bad"),
            LocalSpark.row(2, "the food was cold"),
            LocalSpark.row(3, ""));
  }

  private CommandRun intoMemory(String... more) {
    String[] args = {"--output-format", MEMORY, "--mode", "append"};
    return CommandRun.explain(input, output, CommandRun.join(args, more));
  }

  /** Explains from memory, where every further look finds one record less. */
  private CommandRun fromFading(String... more) {
    Path source = directory.resolve("fading");
    LocalSpark.read(input).write().format(MEMORY).mode("append").save(source.toString());
    String[] args = {"--input-format", MEMORY, "--read-option", "fade=true"};
    return CommandRun.explain(source, output, CommandRun.join(args, more));
  }

  @Test
  void aSourceThatTakesNoSchemaIsCounted() {
    CommandRun run = intoMemory().done();
    assertThat(run.out()).startsWith("Explained 2 records (1 error, ");
    Row row =
        LocalSpark.session()
            .read()
            .format(MEMORY)
            .load(output.toString())
            .selectExpr("count(1)", "count(tokens)", "count(error)", "count(distinct run_id)")
            .first();
    assertThat(row).isEqualTo(LocalSpark.row(3L, 2L, 1L, 1L));
  }

  @Test
  void aSourceThatTakesNoSchemaIsAppendedTo() {
    intoMemory().done();
    CommandRun run = intoMemory("--where", "id = 1").done();
    assertThat(run.out()).startsWith("Explained 1 record (0 errors, ");
  }

  @Test
  void rowsThatAnOutputLosesFailTheRun() {
    intoMemory("--write-option", "lose=1")
        .ended(ExitCode.QUALITY, "records were lost", "gave 3 rows", "the output holds 2 of run");
  }

  @Test
  void rowsOfSeveralTargetsThatAnOutputLosesFailTheRun() {
    intoMemory("--write-option", "lose=1", "--target", "all", "--where", "id < 3")
        .ended(ExitCode.QUALITY, "records were lost", "gave 6 rows", "the output holds 5 of run");
  }

  /** What is no file is read once: the second look would find a record less. */
  @Test
  void aSourceIsReadOnce() {
    assertThat(fromFading().done().out()).startsWith("Explained 2 records (1 error, ");
  }

  @Test
  void aSourceIsReadOnceForSeveralTargets() {
    assertThat(fromFading("--target", "top:2").done().out())
        .contains("Explained 2 records", "(5 rows)");
  }
}
