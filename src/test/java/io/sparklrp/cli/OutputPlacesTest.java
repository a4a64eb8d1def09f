package io.sparklrp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.spark.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the output goes, in which form, and what becomes of what was there. */
@ExtendWith(LocalSpark.class)
class OutputPlacesTest {
  @TempDir Path directory;
  private Path input;
  private Path output;

  @BeforeEach
  void writeInput() {
    output = directory.resolve("out");
    input =
        LocalSpark.write(
            directory.resolve("in"),
            "id INT, text STRING, kind STRING",
            LocalSpark.row(1, "the movie was bad", "film"),
            LocalSpark.row(2, "the food was cold", "food"),
            LocalSpark.row(3, "", "food"));
  }

  private long rows() {
    return LocalSpark.read(output).count();
  }

  @Test
  void whatIsThereIsKeptUnlessAskedOtherwise() {
    CommandRun.explain(input, output, "--where", "id < 3").done();
    CommandRun.explain(input, output).refused("it exists", "--mode overwrite");
    assertThat(rows()).isEqualTo(2);
    CommandRun.explain(input, output, "--mode", "append").done();
    assertThat(rows()).isEqualTo(5);
    CommandRun.explain(input, output, "--mode", "overwrite", "--where", "id = 1").done();
    assertThat(rows()).isEqualTo(1);
  }

  /** Beside it rows could not be read again, and to overwrite would remove it. */
  @ParameterizedTest
  @ValueSource(strings = {"--mode append", "--mode overwrite", "--resume", ""})
  void aDirectoryOfOtherThingsIsRefusedBeforeTheWork(String more) throws IOException {
    Files.createDirectories(output);
    Path mine = Files.writeString(output.resolve("README.txt"), "mine");
    String[] options = more.isEmpty() ? new String[0] : more.split(" ");
    CommandRun run = CommandRun.explain(input, output, options);
    if (more.isEmpty()) {
      run.refused("it exists");
    } else {
      run.refused("it holds 'README.txt', which is no part of an output", "another --output");
    }
    assertThat(mine).hasContent("mine");
    assertThat(output.toFile().list()).containsExactly("README.txt");
  }

  @Test
  void directoriesAreMadeOfColumns() {
    CommandRun.explain(input, output, "--partition-by", "kind").done();
    assertThat(output.resolve("kind=film")).isDirectory();
    assertThat(output.resolve("kind=food")).isDirectory();
    assertThat(LocalSpark.read(output).where("kind = 'food' and error is null").count())
        .isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--partition-by=kind"})
  void emptyInputGivesEmptyOutput(String more) {
    String[] args = {"--where", "id > 3", more.isEmpty() ? "--limit=5" : more};
    CommandRun run = CommandRun.explain(input, output, args).done();
    assertThat(run.out()).startsWith("Explained 0 records (0 errors, 0 tokens)");
    assertThat(output.resolve("_spark_lrp/manifest.json")).exists();
    if (more.isEmpty()) {
      Dataset<Row> empty = LocalSpark.read(output);
      assertThat(empty.count()).isZero();
      assertThat(empty.columns()).startsWith("id", "text", "kind", "prediction").endsWith("error");
    }
  }

  @Test
  void aDryRunWritesNothing() {
    CommandRun run = CommandRun.explain(input, output, "--dry-run").done();
    assertThat(run.out())
        .startsWith("Would explain 3 records")
        .contains("sample of 3 records (1 error)", "core-hours", "of output", "memoryOverhead");
    assertThat(output).doesNotExist();
    assertThat(output.getParent().toFile().list()).noneMatch(name -> name.contains("dry-run"));
  }

  @Test
  void aDryRunOfNothingSaysSo() {
    CommandRun run = CommandRun.explain(input, output, "--dry-run", "--where", "id > 3").done();
    assertThat(run.out()).startsWith("Would explain 0 records to ").doesNotContain("NaN");
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "orc"})
  void otherFormatsHoldTheSame(String format) {
    CommandRun run = CommandRun.explain(input, output, "--output-format", format).done();
    assertThat(run.out()).startsWith("Explained 2 records (1 error, ");
    List<Row> found =
        LocalSpark.session()
            .read()
            .format(format)
            .load(output.toString())
            .orderBy("id")
            .selectExpr(
                "prediction.label is null", "size(tokens) > 5", "ledger.bias is null", "error.kind")
            .collectAsList();
    assertThat(found)
        .containsExactly(
            LocalSpark.row(false, true, false, null),
            LocalSpark.row(false, true, false, null),
            LocalSpark.row(true, null, true, "text-blank"));
  }

  @Test
  void formatsThatCannotHoldItAreRefused() {
    CommandRun.explain(input, output, "--output-format", "csv").refused("CSV", "--output-format");
    CommandRun.explain(input, output, "--output-format", "nosuch").refused("nosuch");
    assertThat(output).doesNotExist();
  }
}
