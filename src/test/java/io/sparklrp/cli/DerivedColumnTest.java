package io.sparklrp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparklrp.spark.LocalSpark;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Columns that are made of the input's are read, chosen by, kept and made again as these are. */
@ExtendWith(LocalSpark.class)
class DerivedColumnTest {
  private static final String SAID = "said=map(1, 'LABEL_2', 0, 'LABEL_1')[gold]";

  @TempDir Path directory;
  private Path input;
  private Path output;

  @BeforeEach
  void setUp() {
    input = directory.resolve("in");
    output = directory.resolve("out");
    LocalSpark.table(
            "id INT, title STRING, body STRING, gold INT",
            LocalSpark.row(1, "the movie", "was bad", 1),
            LocalSpark.row(2, "the food", "was cold", 0),
            LocalSpark.row(3, "the film", "was = dull", 7))
        .coalesce(1)
        .write()
        .parquet(input.toString());
  }

  private CommandRun explain(String... more) {
    String[] text = {"--with-column", "text=concat(title, ' ', body)", "--id-column", "id"};
    return CommandRun.explain(input, output, CommandRun.join(text, more));
  }

  private List<Row> rows(String... expressions) {
    return LocalSpark.read(output).orderBy("id").selectExpr(expressions).collectAsList();
  }

  @Test
  void valuesOfALabelBecomeTheModelsOwn() {
    CommandRun run = explain("--with-column", SAID, "--target", "column:said").done();
    assertThat(rows("target.label", "said", "error.kind"))
        .containsExactly(
            LocalSpark.row("LABEL_2", "LABEL_2", null),
            LocalSpark.row("LABEL_1", "LABEL_1", null),
            LocalSpark.row(null, null, "target-missing"));
    assertThat(run.out()).contains("LABEL_2 -> LABEL_2 (1 record)");
    assertThat(rows("text").get(0).getString(0)).isEqualTo("the movie was bad");
  }

  /**
   * An expression may hold what parts a name from it, and quotes; a later column an earlier one.
   */
  @Test
  void recordsAreChosenByThem() throws IOException {
    explain(
            "--with-column",
            "short=length(text) = 17",
            "--with-column",
            "both=concat(string(short), \"=\", text)",
            "--where",
            "short",
            "--columns",
            "id,text,both")
        .done();
    assertThat(rows("id", "both"))
        .containsExactly(
            LocalSpark.row(1, "true=the movie was bad"),
            LocalSpark.row(2, "true=the food was cold"));
    Path manifest = output.resolve("_spark_lrp/manifest.json");
    JsonNode read = new ObjectMapper().readTree(manifest.toFile()).path("input");
    assertThat(read.path("with_columns").properties().stream().map(one -> one.getKey()))
        .containsExactly("text", "short", "both");
    assertThat(read.path("with_columns").path("short").asText()).isEqualTo("length(text) = 17");
  }

  @Test
  void theOutputIsVerifiedAndGoneOnWith() {
    String[] asked = {"--with-column", SAID, "--target", "column:said"};
    explain(CommandRun.join(asked, "--where", "id < 2")).done();
    CommandRun.of("verify", "--input", output.toString()).done();
    CommandRun rest = explain(CommandRun.join(asked, "--resume", "--where", "id < 3")).done();
    assertThat(rest.out()).contains("Explained 1 record", "which held 1 others already");
    assertThat(rows("id")).containsExactly(LocalSpark.row(1), LocalSpark.row(2));
  }

  /** It is made once, whatever reads it. */
  @Test
  void aColumnOfChanceIsTheSameForTextAndTarget() {
    explain(
            "--with-column",
            "chance=int(3 * rand())",
            "--with-column",
            "twice=chance",
            "--target",
            "column:chance")
        .done();
    assertThat(rows("chance = target.index", "chance = twice"))
        .containsOnly(LocalSpark.row(true, true));
  }

  @Test
  void anotherExpressionIsAnotherQuery() {
    String[] stream = {"--incremental", "--checkpoint", directory.resolve("checkpoint").toString()};
    explain(stream).done();
    explain(CommandRun.join(stream, "--with-column", "one=1")).refused("with-column one");
  }

  @Test
  void whatCannotBeMadeIsRefused() {
    explain("--with-column", "Gold=1").refused("'Gold'", "the input has one of that name");
    explain("--with-column", "x=nothing + 1").refused("'x'", "nothing");
    explain("--with-column", "x=1 +").refused("'x'", "--with-column");
    explain("--with-column", "x=").refused("'x'", "--with-column");
    assertThat(explain("--with-column", "x").exitCode()).isEqualTo(ExitCode.USAGE);
  }

  /** Values of records are in the messages of what fails in a task. */
  @Test
  void whatFailsAtARecordDoesNotTellItsText() {
    CommandRun run = explain("--with-column", "number=int(body)");
    assertThat(run.exitCode()).isNotZero();
    assertThat(run.out() + run.err()).doesNotContain("was bad", "was cold", "was = dull");
  }
}
