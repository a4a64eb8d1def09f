package io.sparklrp.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.sparklrp.ChildJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The engine runs out of memory for real: batches shrink, and results are those of small ones. */
class ShortMemoryTest {
  @Test
  void batchesShrinkAndNoRecordFails() throws Exception {
    assumeThat(Files.isExecutable(Path.of("/usr/bin/prlimit")))
        .as("needs prlimit, which limits a process's memory")
        .isTrue();
    ChildJvm.Outcome outcome = new ChildJvm().run(ShortMemoryProbe.class);
    assertThat(outcome.lines())
        .as("exit code %d", outcome.exitCode())
        .contains("forbidden true", "failed 0", "shrunk true", "deviation within bound true");
    assertThat(outcome.exitCode()).isZero();
  }
}
