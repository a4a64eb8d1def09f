package io.sparklrp.spark.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ShellWordTest {
  @Test
  void plainWordsStayAsTheyAre() {
    assertThat(ShellWord.of("models/hate-1.0")).isEqualTo("models/hate-1.0");
    assertThat(ShellWord.of("my models")).isEqualTo("'my models'");
  }

  /** What a shell makes of it is what was meant: nothing in it is run. */
  @ParameterizedTest
  @ValueSource(strings = {"it's", "`id x` = \"...\"", "$HOME $(echo run)", "a;b", "new\nline", ""})
  void aShellReadsTheValue(String value) throws IOException {
    Process shell = new ProcessBuilder("sh", "-c", "printf '%s' " + ShellWord.of(value)).start();
    assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo(value);
  }
}
