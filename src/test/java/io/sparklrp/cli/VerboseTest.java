package io.sparklrp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A stack trace is printed where it is asked for, after the message, and only there. */
class VerboseTest {

  @Test
  void printsTheStackTrace() {
    CommandRun run =
        CommandRun.of("check-model", "--model", "demo", "--method", "nosuch", "--verbose");
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err())
        .startsWith("spark-lrp: Cannot use method 'nosuch'")
        .contains("UserException", "\tat io.sparklrp.cli.CheckModelCommand");
  }

  @Test
  void isSilentOtherwise() {
    CommandRun.of("check-model", "--model", "demo", "--method", "nosuch")
        .refused("Cannot use method 'nosuch'", "lrp-stay");
  }
}
