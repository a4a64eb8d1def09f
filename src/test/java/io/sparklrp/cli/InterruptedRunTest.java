package io.sparklrp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.ChildJvm;
import io.sparklrp.spark.CommittedUnits;
import io.sparklrp.spark.LocalSpark;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A driver that is told to end, or is killed: whole units of work are kept, and no others. */
@ExtendWith(LocalSpark.class)
@DisabledOnOs(OS.WINDOWS)
class InterruptedRunTest {
  private static final int FILES = 30;
  private static final int RECORDS = 300;

  @TempDir Path directory;
  private Path input;
  private Path output;

  private ChildJvm.Outcome ended(java.util.function.Consumer<ProcessHandle> by) throws Exception {
    input = directory.resolve("in");
    output = directory.resolve("out");
    Row[] records =
        IntStream.range(0, RECORDS)
            .mapToObj(i -> LocalSpark.row(i, "The movie " + i + " was bad. ".repeat(9)))
            .toArray(Row[]::new);
    LocalSpark.table("id INT, text STRING", records)
        .repartition(FILES)
        .write()
        .parquet(input.toString());
    return new ChildJvm()
        .with("spark.sparklrp.taskSeconds", "1e-6") // a record, a task
        .run(
            process -> {
              new CommittedUnits(output).await(process, 2);
              by.accept(process);
            },
            Main.class.getName(),
            "explain",
            "--model",
            CommandRun.TINY_MODEL,
            "--input",
            input.toString(),
            "--output",
            output.toString());
  }

  /** Goes on with what is kept. */
  private void assertCompleted() {
    long kept = LocalSpark.read(output).count();
    assertThat(kept).isEqualTo(new CommittedUnits(output).count()).isBetween(1L, RECORDS - 1L);
    CommandRun run = CommandRun.explain(input, output, "--resume").done();
    assertThat(run.out()).contains(String.format("which held %,d others already", kept));
    assertThat(LocalSpark.read(output).select("id").distinct().count()).isEqualTo(RECORDS);
    assertThat(LocalSpark.read(output).count()).isEqualTo(RECORDS);
    assertThat(output.resolve("_temporary")).doesNotExist();
  }

  @Test
  void oneThatIsToldToEndSaysWhatIsKeptAndHowToGoOn() throws Exception {
    ChildJvm.Outcome outcome = ended(ProcessHandle::destroy);
    assertThat(outcome.exitCode()).as(String.join("\n", outcome.lines())).isEqualTo(128 + 15);
    assertThat(outcome.lines())
        .contains("spark-lrp: Cannot go on: the run was interrupted.")
        .anyMatch(line -> line.matches("[\\d,]+ records are kept in .+ with --resume to go on\\."));
    assertCompleted();
  }

  @Test
  void oneThatIsKilledIsGoneOnWith() throws Exception {
    ended(ProcessHandle::destroyForcibly);
    assertCompleted();
  }
}
