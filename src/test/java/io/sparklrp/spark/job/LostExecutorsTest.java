package io.sparklrp.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told of jobs that ended as executors were lost: the texts are Spark's. */
class LostExecutorsTest {
  private static final String TASK =
      "Job aborted due to stage failure: Task 3 in stage 5.0 failed 8 times, most recent failure:"
          + " Lost task 3.7 in stage 5.0 (TID 20) (10.0.0.7 executor 5): ";

  private static String told(String message) {
    return SparkMessage.of(new SparkException(message));
  }

  @Test
  void theClustersReasonIsTold() {
    assertThat(
            told(
                TASK
                    + "ExecutorLostFailure (executor 5 exited caused by one of the running tasks)"
                    + " Reason: Container killed by YARN for exceeding physical memory limits."
                    + " 5.5 GB of 5.5 GB physical memory used.\nDriver stacktrace:"))
        .isEqualTo(
            "a task's executor was lost 8 times (spark.task.maxFailures), at last as: Container"
                + " killed by YARN for exceeding physical memory limits. 5.5 GB of 5.5 GB physical"
                + " memory used");
  }

  @Test
  void aReasonIsOneShortLine() {
    assertThat(
            told(
                TASK
                    + "ExecutorLostFailure (executor 5 exited unrelated to the running tasks)"
                    + " Reason: "
                    + "x".repeat(1000)
                    + "\nLast 4096 bytes of stderr: the movie"))
        .hasSizeLessThan(400)
        .hasLineCount(1)
        .endsWith("x...")
        .doesNotContain("movie");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ResultStage 7 (write at A.java:1)", "ShuffleMapStage 9 (f (g) at B.j:2)"})
  void rowsThatAreLostWithTheirExecutorsAreTold(String stage) {
    assertThat(
            told(
                "Job aborted due to stage failure: "
                    + stage
                    + " has failed the maximum allowable number of times: 4. Most recent failure"
                    + " reason:\norg.apache.spark.shuffle.MetadataFetchFailedException: Missing an"
                    + " output location for shuffle 0 partition 3\n\tat A.b(C.java:1)"))
        .isEqualTo(
            "rows that executors hand on could not be fetched, as when they are lost, 4 times in a"
                + " row (spark.stage.maxConsecutiveAttempts)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        TASK + "java.lang.IllegalStateException: the movie",
        TASK + "org.apache.spark.SparkException: ExecutorLostFailure (x) Reason: the movie",
        TASK + "java.lang.X: a\nLost: ExecutorLostFailure (x) Reason: the movie",
        TASK + "X: it has failed the maximum allowable number of times: 4. Most recent failure",
        "Task failed: ExecutorLostFailure (x) Reason: the movie",
        "the movie has failed the maximum allowable number of times: 4. Most recent failure",
        "Job aborted due to stage failure: ExecutorLostFailure (x) Reason: the movie"
      })
  void whatTasksThrowIsNot(String message) {
    assertThat(told(message)).isEqualTo("SparkException");
  }

  @Test
  void othersExceptionsAreNot() {
    assertThat(LostExecutors.of(new IllegalStateException(TASK))).isEmpty();
    assertThat(LostExecutors.of(new SparkException((String) null))).isEmpty();
  }
}
