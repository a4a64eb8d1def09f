package io.sparklrp.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LocalSpark.class)
class ProgressLineTest {
  @Test
  @SuppressWarnings("SystemConsoleNull") // as ProgressLine asks
  void isSilentWhereNobodyWatches() {
    boolean watched = System.console() != null && System.getenv("TERM") != null;
    assumeTrue(!watched, "standard error may be a terminal here");
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream before = System.err;
    System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      RunCounters counters = new RunCounters(LocalSpark.session().sparkContext());
      ProgressLine.start(counters, 10).close();
    } finally {
      System.setErr(before);
    }
    assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
  }
}
