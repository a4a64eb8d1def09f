package io.sparklrp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.spark.LocalSpark;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Batches that are asked to be larger than can be are cut, and the run says so. */
@ExtendWith(LocalSpark.class)
class CutBatchesTest {
  private static final String CUT = "Batches are cut to ";
  private static final String ASKED = "--batch-tokens 100,000,000";

  @TempDir Path directory;

  private CommandRun explain(Path output, String... more) {
    Path input =
        LocalSpark.write(
            directory.resolve("in" + more.length), "text string", LocalSpark.row("A good film."));
    String[] args = {
      "explain", "--model", "demo", "--input", input.toString(), "--output", output.toString()
    };
    return CommandRun.of(CommandRun.join(args, more)).done();
  }

  @Test
  void isPrintedAndInTheManifest() throws Exception {
    Path output = directory.resolve("out");
    CommandRun run = explain(output, "--batch-tokens", "100000000");
    assertThat(run.out()).contains(CUT, ASKED, "MiB (spark.executor.memoryOverhead)");
    assertThat(Files.readString(output.resolve("_spark_lrp/manifest.json"))).contains(CUT, ASKED);
    assertThat(LocalSpark.read(output).where("error is null").count()).isEqualTo(1);
  }

  @Test
  void usualBatchesAreNotCut() {
    assertThat(explain(directory.resolve("usual")).out()).doesNotContain(CUT);
  }
}
