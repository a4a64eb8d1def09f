package io.sparklrp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.spark.LocalSpark;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Overwriting deletes first: never what is still to be read. */
@ExtendWith(LocalSpark.class)
class OverwrittenInputTest {
  private static final String[] OVERWRITE = {"--mode", "overwrite", "--output-prefix", "p_"};

  @TempDir Path directory;

  @Test
  void theInputIsNeverOverwritten() {
    Path input =
        LocalSpark.write(
            directory.resolve("a/in put"), "text STRING", LocalSpark.row("the movie was bad"));
    CommandRun.explain(input, input, OVERWRITE).refused("it holds the input", "--output");
    CommandRun.explain(input, directory.resolve("a"), OVERWRITE).refused("it holds 'in put'");
    Path part =
        LocalSpark.write(
            directory.resolve("b/kind=film"), "text STRING", LocalSpark.row("the movie was bad"));
    CommandRun.explain(part, directory.resolve("b"), OVERWRITE).refused("it holds the input");
    assertThat(LocalSpark.read(part).count()).isEqualTo(1);
    CommandRun.explain(input.resolve("*.parquet"), input, OVERWRITE).refused("it holds the input");
    assertThat(LocalSpark.read(input).count()).isEqualTo(1);
    CommandRun.explain(input, directory.resolve("a/in"), OVERWRITE).done();
    CommandRun.explain(input, directory.resolve("a/in"), OVERWRITE).done();
  }
}
