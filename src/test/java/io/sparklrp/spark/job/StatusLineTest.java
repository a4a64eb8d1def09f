package io.sparklrp.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StatusLineTest {
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final CountDownLatch asked = new CountDownLatch(2);

  private String line() {
    asked.countDown();
    return "so far";
  }

  private String said() {
    return printed.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aTerminalsLineIsDrawnAgainAndGoes() throws Exception {
    PrintStream terminal = new PrintStream(printed, true, StandardCharsets.UTF_8);
    StatusLine status = StatusLine.start(this::line, 60, terminal);
    assertThat(asked.await(1, TimeUnit.MINUTES)).isTrue();
    status.close();
    assertThat(said()).startsWith("\rso far\u001b[K").endsWith("\r\u001b[K");
  }

  @Test
  void theLineIsAskedForWhereThereIsNoTerminalToo() throws Exception {
    StatusLine status = StatusLine.start(this::line, 60, null);
    assertThat(asked.await(1, TimeUnit.MINUTES)).isTrue();
    status.close();
    assertThat(said()).isEmpty();
  }
}
