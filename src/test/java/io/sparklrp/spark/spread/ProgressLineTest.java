package io.sparklrp.spark.spread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sparklrp.spark.LocalSpark;
import io.sparklrp.spark.tally.RunCounters;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.spark.SparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LocalSpark.class)
class ProgressLineTest {
  private static final PartitionPlan PLAN =
      PartitionPlan.of(
          List.of(new InputPart(10, 100, 5e9, 1e9)), new TaskSizing(2, 1e9, 300), true, false);

  private final SparkContext context = LocalSpark.session().sparkContext();
  private final RunCounters counters = new RunCounters(context);
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @Test
  @SuppressWarnings("SystemConsoleNull") // as ProgressLine asks
  void isSilentWhereNobodyWatches() {
    boolean watched = System.console() != null && System.getenv("TERM") != null;
    assumeTrue(!watched, "standard error may be a terminal here");
    PrintStream before = System.err;
    System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      ProgressLine.start(context, counters, PLAN).close();
    } finally {
      System.setErr(before);
    }
    assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void theLineIsClearedAtTheEnd() {
    PrintStream terminal = new PrintStream(printed, true, StandardCharsets.UTF_8);
    ProgressLine.start(context, counters, PLAN, terminal).close();
    assertThat(printed.toString(StandardCharsets.UTF_8)).endsWith("\r\u001b[K");
  }

  @Test
  void whatTasksCountedIsSaid() {
    try (ProgressLine progress = ProgressLine.start(context, counters, PLAN, null)) {
      assertThat(progress.line(System.nanoTime() / 1e9)).isEqualTo("0 of 10 records, starting");
      counters.done(4, 2000);
      counters.ran(77, 0, 5);
      assertThat(progress.line(System.nanoTime() / 1e9 + 2))
          .startsWith("40 %, 4 of 10 records, ")
          .contains(" tokens/s, 0 errors, ")
          .endsWith(" left");
    }
  }
}
