package io.sparklrp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparklrp.spark.LocalSpark;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run tells why records failed, and that all did is no success. */
@ExtendWith(LocalSpark.class)
class FailedRecordsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NO_LABEL =
      "  2 unknown-target: The record's target is no label or index of the model.";
  private static final String LABELS = "The model's labels: LABEL_0, LABEL_1, LABEL_2";
  private static final String COUNTS =
      "{\"unknown-target\": 2, \"text-blank\": 1, \"text-missing\": 1}";

  @TempDir Path directory;
  private Path input;
  private Path output;

  @BeforeEach
  void writeInput() {
    output = directory.resolve("out");
    input =
        LocalSpark.write(
            directory.resolve("in"),
            "id INT, text STRING, gold STRING",
            row(1, "the movie was bad", "LABEL_1"),
            row(2, "the movie was bad", "xyzzy positive"),
            row(3, "xyzzy", "xyzzy negative"),
            row(4, null, "LABEL_1"),
            row(5, " ", "LABEL_1"));
  }

  private static Row row(Object... values) {
    return LocalSpark.row(values);
  }

  private JsonNode records() throws IOException {
    return JSON.readTree(output.resolve("_spark_lrp/manifest.json").toFile()).get("records");
  }

  private CommandRun explain(String... more) {
    return CommandRun.explain(
        input, output, CommandRun.join(new String[] {"--target", "column:gold"}, more));
  }

  @ParameterizedTest
  @ValueSource(strings = {"keep", "drop"})
  void someOfThemAreToldByKind(String onError) throws IOException {
    CommandRun run = explain("--on-error", onError).done();
    assertThat(run.out().lines())
        .contains(
            NO_LABEL,
            "  1 text-blank: Column text is empty or blank.",
            "  1 text-missing: Column text is null.",
            LABELS);
    assertThat(run.out()).doesNotContain("xyzzy");
    boolean isKept = onError.equals("keep");
    JsonNode none = JSON.createObjectNode();
    assertThat(records().get("errors_by_kind")).isEqualTo(isKept ? JSON.readTree(COUNTS) : none);
    assertThat(records().get("dropped_by_kind")).isEqualTo(isKept ? none : JSON.readTree(COUNTS));
    assertThat(records().at("/error_examples/text-missing").asText())
        .isEqualTo("Column text is null.");
    assertThat(records().get("labels")).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"keep", "drop"})
  void thatNoneWasExplainedIsNoSuccess(String onError) throws IOException {
    CommandRun run = explain("--where", "id > 1 and id < 5", "--on-error", onError);
    run.ended(
        ExitCode.QUALITY,
        "none of 3 records was explained; 2 failed by unknown-target: The record's",
        "Name targets by the model's labels: LABEL_0, LABEL_1, LABEL_2.");
    assertThat(run.out().lines()).contains(NO_LABEL, LABELS);
    assertThat(run.out() + run.err()).doesNotContain("xyzzy");
    assertThat(records().get("explained").asInt()).isZero();
    assertThat(LocalSpark.read(output).count()).isEqualTo(onError.equals("keep") ? 3 : 0);
  }

  @Test
  void theReasonIsTheMostFrequentOne() {
    explain("--where", "id > 3")
        .ended(ExitCode.QUALITY, "none of 2 records", "1 failed by text-blank: Column text is");
  }

  @Test
  void severalTargetsOfEachAreDroppedTogether() throws IOException {
    CommandRun run =
        CommandRun.explain(input, output, "--target", "all", "--on-error", "drop").done();
    assertThat(run.out().lines()).contains("  1 text-missing: Column text is null.");
    assertThat(records().get("dropped").asInt()).isEqualTo(2);
    assertThat(records().get("explained").asInt()).isEqualTo(3);
    assertThat(run.out()).doesNotContain("The model's labels");
  }

  @Test
  void anEmptyInputIsDone() {
    CommandRun run = explain("--where", "id > 9").done();
    assertThat(run.out()).startsWith("Explained 0 records (0 errors, ");
  }

  @Test
  void anAppendedRunTellsOnlyOfItself() {
    explain().done();
    CommandRun run = explain("--where", "id in (1, 4)", "--mode", "append").done();
    assertThat(run.out().lines()).contains("  1 text-missing: Column text is null.");
    assertThat(run.out()).doesNotContain("unknown-target", "text-blank", "labels");
    explain("--where", "id = 4", "--mode", "append")
        .ended(ExitCode.QUALITY, "none of 1 records was explained");
  }
}
