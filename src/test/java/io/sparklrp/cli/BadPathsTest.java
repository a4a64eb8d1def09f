package io.sparklrp.cli;

import io.sparklrp.spark.LocalSpark;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Paths that no file system can have are bad usage, not failures. */
@ExtendWith(LocalSpark.class)
class BadPathsTest {
  @TempDir Path directory;

  private static void explain(String model, String output, String... parts) {
    CommandRun.of("explain", "--model", model, "--input", "pom.xml", "--output", output)
        .refused(parts);
  }

  @Test
  void ofTheModel() {
    explain("nosuch://x", directory.resolve("out").toString(), "open model nosuch://x", "nosuch");
    explain("", directory.resolve("out").toString(), "open model", "demo");
  }

  @Test
  void ofTheOutput() {
    explain(CommandRun.TINY_MODEL, "nosuch://x", "write nosuch://x", "--output");
    explain(CommandRun.TINY_MODEL, "", "write the output", "--output");
  }
}
