package io.sparklrp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.spark.LocalSpark;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** No record is lost: each comes out explained, or with what is wrong with it. */
@ExtendWith(LocalSpark.class)
class BadRecordsTest {
  private static final List<Row> RECORDS =
      List.of(
          LocalSpark.row("good", "the movie was bad", "LABEL_1"),
          LocalSpark.row("index", "the movie was bad", "2"),
          LocalSpark.row("null", null, "LABEL_1"),
          LocalSpark.row("empty", "", "LABEL_1"),
          LocalSpark.row("blank", " \t\n\u2003", "LABEL_1"),
          LocalSpark.row("control", "a\u0000b\u0007\u001b[31m movie\u200b", "LABEL_1"),
          LocalSpark.row("nul", "\u0000", "LABEL_1"),
          LocalSpark.row("surrogate", "bad \uD83C movie \uDF89", "LABEL_1"),
          LocalSpark.row("special", "[CLS] [SEP] [PAD] [MASK] [UNK]", "LABEL_1"),
          LocalSpark.row("label", "the movie was bad", "positive"),
          LocalSpark.row("index too large", "the movie was bad", "3"),
          LocalSpark.row("no label", "the movie was bad", null));
  private static final List<Row> LONG_RECORDS =
      List.of(
          LocalSpark.row("megabyte", "the movie was bad ".repeat(60_000), "LABEL_1"),
          LocalSpark.row("too long", "a".repeat(10_000_001), "LABEL_1"));
  private static final Map<String, String> ERRORS =
      Map.of(
          "null", "text-missing",
          "empty", "text-blank",
          "blank", "text-blank",
          "label", "unknown-target",
          "index too large", "unknown-target",
          "no label", "target-missing");

  @TempDir static Path directory;
  private static Path input;

  @BeforeAll
  static void writeInput() {
    input =
        LocalSpark.write(
            directory.resolve("in"),
            "id STRING, text STRING, gold STRING",
            RECORDS.toArray(Row[]::new));
  }

  private static CommandRun explain(Path output, String... more) {
    String[] args = {"--id-column", "id", "--target", "column:gold"};
    return CommandRun.explain(input, output, CommandRun.join(args, more));
  }

  @Test
  void eachIsKeptExplainedOrWithItsError() {
    Path output = directory.resolve("kept");
    explain(output, "--max-error-rate", "0.5").done(); // exactly half of them fail
    Map<String, Row> found =
        LocalSpark.read(output).collectAsList().stream()
            .collect(Collectors.toMap(row -> row.getAs("id"), row -> row));
    assertThat(found.keySet())
        .containsExactlyInAnyOrderElementsOf(
            RECORDS.stream().map(row -> row.getString(0)).toList());
    found.forEach(
        (id, row) -> {
          if (ERRORS.containsKey(id)) {
            assertFailed(row, ERRORS.get(id));
          } else {
            assertExplained(row);
          }
        });
    assertThat(found.get("good").<Row>getAs("target").<String>getAs("label")).isEqualTo("LABEL_1");
    assertThat(found.get("index").<Row>getAs("target").<Integer>getAs("index")).isEqualTo(2);
  }

  @Test
  void longTextsAreCutOrRefused() {
    Path input =
        LocalSpark.write(
            directory.resolve("long"),
            "id STRING, text STRING, gold STRING",
            LONG_RECORDS.toArray(Row[]::new));
    Path output = directory.resolve("long-out");
    CommandRun.explain(input, output).done();
    List<Row> found = LocalSpark.read(output).orderBy("id").collectAsList();
    assertExplained(found.get(0));
    assertThat(found.get(0).<Boolean>getAs("truncated")).isTrue();
    assertFailed(found.get(1), "text-too-long");
  }

  private static void assertFailed(Row row, String kind) {
    Row error = row.getAs("error");
    assertThat(error.<String>getAs("kind")).isEqualTo(kind);
    assertThat(error.<String>getAs("message")).isNotBlank().hasLineCount(1);
    for (String name :
        List.of(
            "prediction",
            "target",
            "tokens",
            "words",
            "ledger",
            "truncated",
            "method",
            "model_id")) {
      assertThat(row.<Object>getAs(name)).as(name).isNull();
    }
  }

  private static void assertExplained(Row row) {
    assertThat(row.<Row>getAs("error")).as(row.<String>getAs("id")).isNull();
    assertThat(row.getList(row.fieldIndex("tokens"))).hasSizeGreaterThanOrEqualTo(2);
    assertThat(row.<Row>getAs("target").<Double>getAs("score")).isFinite();
    assertThat(row.<String>getAs("method")).isEqualTo("lrp-stay");
    assertThat(row.<String>getAs("model_id")).hasSize(64);
  }

  @Test
  void theyAreDroppedOnRequest() {
    Path output = directory.resolve("dropped");
    CommandRun run = explain(output, "--on-error", "drop").done();
    List<String> ids =
        LocalSpark.read(output).select("id").collectAsList().stream()
            .map(row -> row.getString(0))
            .toList();
    assertThat(ids)
        .hasSize(RECORDS.size() - ERRORS.size())
        .doesNotContainAnyElementsOf(ERRORS.keySet());
    assertThat(run.out())
        .contains("2 -> LABEL_2 (1 record)", "Explained 6 records (0 errors, ")
        .doesNotContain("movie");
  }

  @Test
  void theFirstEndsTheJobOnRequest() {
    CommandRun run =
        explain(
            directory.resolve("failed"),
            "--on-error",
            "fail",
            "--where",
            "id in ('good', 'label')");
    run.ended(ExitCode.FAILED, "record label:", "--on-error keep");
    assertThat(run.err()).doesNotContain("movie", "positive");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void anIdIsNoMoreThanALineOfTheMessage() {
    Path odd =
        LocalSpark.write(
            directory.resolve("odd"),
            "id STRING, text STRING",
            LocalSpark.row("a\nb\nc" + "d".repeat(5000), ""));
    CommandRun run =
        CommandRun.explain(
            odd, directory.resolve("odd-out"), "--id-column", "id", "--on-error", "fail");
    run.ended(ExitCode.FAILED, "record a b c");
    assertThat(run.err()).hasSizeLessThan(500);
  }

  @Test
  void tooManyOfThemFailTheGateAndStillComeOut() {
    Path output = directory.resolve("gate");
    String both = "id in ('good', 'label')";
    explain(output, "--where", both, "--max-error-rate", "0.4")
        .ended(ExitCode.QUALITY, "1 of 2 records failed", "--max-error-rate 0.4");
    assertThat(LocalSpark.read(output).count()).isEqualTo(2);
    explain(
            directory.resolve("gate-dropped"),
            "--where",
            both,
            "--max-error-rate",
            "0.4",
            "--on-error",
            "drop")
        .ended(ExitCode.QUALITY, "1 of 2 records failed");
  }
}
