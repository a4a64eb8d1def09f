package io.sparklrp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.spark.LocalSpark;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What commands set of the Spark that they start. */
@ExtendWith(LocalSpark.class)
class CommandSessionTest {
  private static final String STAGE_ATTEMPTS = "spark.stage.maxConsecutiveAttempts";

  /** Its settings, in a session that a command opens. */
  private static SparkConf opened() {
    SparkConf[] found = new SparkConf[1];
    LocalSpark.onThreads(
        1,
        () -> {
          try (CommandSession session = CommandSession.open("test")) {
            found[0] = session.session().sparkContext().getConf();
          }
          assertThat(CommandSession.isSparkRunning()).isFalse();
        });
    return found[0];
  }

  @Test
  void aStageMayBeTriedOftenAsExecutorsAreLost() {
    assertThat(opened().get(STAGE_ATTEMPTS)).isEqualTo("1000");
  }

  @Test
  void whatUsersSayOfItHolds() {
    System.setProperty(STAGE_ATTEMPTS, "7");
    try {
      assertThat(opened().get(STAGE_ATTEMPTS)).isEqualTo("7");
    } finally {
      System.clearProperty(STAGE_ATTEMPTS);
    }
  }

  @Test
  void aSessionThatRunsStaysAsItIs() {
    String before = LocalSpark.session().sparkContext().getConf().get(STAGE_ATTEMPTS, "not set");
    try (CommandSession session = CommandSession.open("test")) {
      assertThat(session.session().sparkContext().getConf().get(STAGE_ATTEMPTS, "not set"))
          .isEqualTo(before);
    }
    assertThat(CommandSession.isSparkRunning()).isTrue();
  }
}
