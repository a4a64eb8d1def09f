package io.sparklrp.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.sparklrp.spark.LocalSpark;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.LongAccumulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LocalSpark.class)
class RunningTasksTest {
  private static final CountDownLatch SEEN = new CountDownLatch(1);

  private final SparkContext context = LocalSpark.session().sparkContext();

  @Test
  void whatTasksHaveCountedIsAddedAndReplaced() throws JsonProcessingException {
    LongAccumulator tokens = context.longAccumulator("tokens");
    tokens.add(1000);
    RunningTasks running = new RunningTasks();
    running.read(event(7, tokens.id(), "30"));
    running.read(event(8, tokens.id(), "5"));
    running.read(event(7, tokens.id(), "40"));
    assertThat(running.value(tokens)).isEqualTo(1045);
  }

  @Test
  void whatIsNoCountIsLeftAlone() throws JsonProcessingException {
    LongAccumulator tokens = context.longAccumulator("tokens");
    RunningTasks running = new RunningTasks();
    running.read(event(7, tokens.id(), "{1=x}"));
    running.read(event(7, tokens.id(), ""));
    running.read("{}");
    assertThat(running.value(tokens)).isZero();
  }

  private static String event(long task, long accumulator, String value) {
    return String.format(
        "{\"Metrics Updated\": [{\"Task ID\": %d, \"Accumulator Updates\": ["
            + "{\"ID\": 99999, \"Name\": \"internal.metrics.resultSize\", \"Update\": 7},"
            + "{\"ID\": %d, \"Name\": \"tokens\", \"Update\": \"%s\"}]}]}",
        task, accumulator, value);
  }

  /** Spark's own heartbeats: the task ends only when its count was seen. */
  @Test
  void aTaskIsSeenWhileItRuns() throws InterruptedException {
    LongAccumulator tokens = context.longAccumulator("tokens");
    RunningTasks running = new RunningTasks();
    context.addSparkListener(running);
    Thread job =
        new Thread(
            () ->
                JavaSparkContext.fromSparkContext(context)
                    .parallelize(java.util.List.of(1), 1)
                    .foreach(
                        one -> {
                          tokens.add(42);
                          SEEN.await(1, TimeUnit.MINUTES);
                        }));
    job.start();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(50);
    while (running.value(tokens) == 0 && System.nanoTime() < end) {
      Thread.sleep(20);
    }
    boolean wasRunning = job.isAlive();
    long seen = running.value(tokens);
    SEEN.countDown();
    job.join();
    context.removeSparkListener(running);
    assertThat(seen).isEqualTo(42);
    assertThat(wasRunning).isTrue();
  }
}
