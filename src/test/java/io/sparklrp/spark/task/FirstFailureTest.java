package io.sparklrp.spark.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.cli.CommandRun;
import io.sparklrp.spark.LocalSpark;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * With {@code --on-error fail} one failed record ends the job, however often tasks may be tried.
 */
@ExtendWith(LocalSpark.class)
class FirstFailureTest {
  private static final String MASTER = "spark.master";

  @TempDir Path directory;

  @Test
  void aTaskWhoseRecordFailsIsNotTriedAgain() throws Exception {
    Path input =
        LocalSpark.write(
            directory.resolve("input"),
            "id string, text string",
            LocalSpark.row("good", "A film that is good."),
            LocalSpark.row("bad", null));
    AtomicInteger failed = new AtomicInteger();
    String before = System.getProperty(MASTER);
    LocalSpark.session().stop();
    System.setProperty(MASTER, "local[1,8]");
    try (SparkSession session = LocalSpark.session()) {
      session.sparkContext().addSparkListener(counting(failed));
      CommandRun run =
          CommandRun.of(
              "explain",
              "--model",
              "demo",
              "--input",
              input.toString(),
              "--id-column",
              "id",
              "--on-error",
              "fail",
              "--output",
              directory.resolve("output").toString());
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.err())
          .contains(
              "Cannot explain record bad: Column text is null. Use --on-error keep to go on.");
    } finally {
      System.setProperty(MASTER, before);
    }
    assertThat(failed.get()).isBetween(1, 3); // a next try may have begun meanwhile
  }

  private static SparkListener counting(AtomicInteger failed) {
    return new SparkListener() {
      @Override
      public void onTaskEnd(SparkListenerTaskEnd end) {
        if (end.taskInfo().failed()) {
          failed.incrementAndGet();
        }
      }
    };
  }

  /** Other runs' records, and what a record's failure is wrapped in, do not matter. */
  @Test
  void aFailureIsFoundWhereverSparkPutsIt() {
    FailedRecordException failure = new FailedRecordException("run-1", "Cannot explain record a.");
    java.io.StringWriter trace = new java.io.StringWriter();
    new IllegalStateException("Task failed while writing rows.", failure)
        .printStackTrace(new java.io.PrintWriter(trace, true));
    assertThat(FailedRecordException.messageIn(trace.toString(), "run-1"))
        .contains("Cannot explain record a.");
    assertThat(FailedRecordException.messageIn(trace.toString(), "run-2")).isEmpty();
  }

  /** What is thrown for another reason is passed on as it is. */
  @Test
  void otherFailuresAreTheirOwn() {
    IllegalStateException other = new IllegalStateException("other");
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () ->
                FirstFailure.ends(
                    LocalSpark.session().sparkContext(),
                    "run",
                    () -> {
                      throw other;
                    }))
        .isSameAs(other);
  }

  /** Rows of a dataset are given as they are made. */
  @Test
  void whatIsDoneIsGivenBack() {
    Row row =
        FirstFailure.ends(LocalSpark.session().sparkContext(), "run", () -> LocalSpark.row(5));
    assertThat(row.getInt(0)).isEqualTo(5);
  }
}
