package io.sparklrp.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparklrp.spark.LocalSpark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that ended on the way is gone on with: what is done is kept, and not done again. */
@ExtendWith(LocalSpark.class)
class ResumeTest {
  private static final String SECONDS = "spark.sparklrp.taskSeconds"; // few: a record, a task
  private static final int FILES = 8;
  private static final int RECORDS = 80;

  @TempDir Path directory;
  private Path output;

  @BeforeEach
  void setUp() {
    output = directory.resolve("out");
  }

  /** Records of which one has no text. */
  private Path input() {
    List<Row> records =
        IntStream.range(0, RECORDS)
            .mapToObj(
                i ->
                    LocalSpark.row(
                        i, i == 77 ? null : "the movie " + i + " was bad", i % 2 == 0 ? "" : "b"))
            .toList();
    Path input = directory.resolve("in");
    LocalSpark.table("id INT, text STRING, kind STRING", records.toArray(Row[]::new))
        .repartitionByRange(FILES, functions.col("id"))
        .write()
        .parquet(input.toString());
    return input;
  }

  private Path records(String name, Row... rows) {
    return LocalSpark.write(directory.resolve(name), "id INT, text STRING", rows);
  }

  private CommandRun inTasks(Path input, Path to, String... more) {
    LocalSpark.session().conf().set(SECONDS, "1e-6");
    try {
      return CommandRun.explain(input, to, more);
    } finally {
      LocalSpark.session().conf().unset(SECONDS);
    }
  }

  /** What does not turn on a batch. */
  private static List<String> rows(Path output) {
    return LocalSpark.read(output)
        .selectExpr("id", "text", "kind", "target.label", "tokens.token", "error")
        .orderBy("id")
        .toJSON()
        .collectAsList();
  }

  private static double[] relevance(Path output) {
    return LocalSpark.read(output)
        .selectExpr("id", "posexplode(tokens.relevance) as (place, relevance)")
        .orderBy("id", "place")
        .collectAsList()
        .stream()
        .mapToDouble(row -> row.getFloat(2))
        .toArray();
  }

  private JsonNode manifest() throws Exception {
    return new ObjectMapper().readTree(output.resolve("_spark_lrp/manifest.json").toFile());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--columns=id,text,kind", "--partition-by=kind"})
  void whatAFailedRunCommittedIsKeptAndNotDoneAgain(String option) throws Exception {
    Path input = input();
    CommandRun failed = inTasks(input, output, option, "--on-error", "fail");
    assertThat(failed.exitCode()).isEqualTo(ExitCode.FAILED);
    long kept = LocalSpark.read(output).count();
    assertThat(kept).isBetween(1L, RECORDS - 1L);
    assertThat(output.resolve("_SUCCESS")).doesNotExist();
    CommandRun run = inTasks(input, output, option, "--resume").done();
    assertThat(run.out()).contains("which held " + kept + " others already");
    Path undisturbed = directory.resolve("undisturbed");
    inTasks(input, undisturbed, option).done();
    assertThat(rows(output)).hasSize(RECORDS).isEqualTo(rows(undisturbed));
    assertThat(relevance(output)).containsExactly(relevance(undisturbed), within(1e-5));
    JsonNode records = manifest().get("records");
    assertThat(records.get("in").asLong()).isEqualTo(RECORDS);
    assertThat(records.get("already").asLong()).isEqualTo(kept);
    assertThat(records.get("out").asLong()).isEqualTo(RECORDS - kept);
    assertThat(output.resolve("_SUCCESS")).exists();
    assertThat(output.resolve("_temporary")).doesNotExist();
  }

  @Test
  void nothingIsDoneTwice() throws Exception {
    Path input = input();
    CommandRun.explain(input, output, "--resume").done(); // there is nothing to resume yet
    long files = dataFiles();
    CommandRun run = CommandRun.explain(input, output, "--resume").done();
    assertThat(run.out())
        .startsWith("Explained 0 records (0 errors, 0 tokens)")
        .contains("held 80 others");
    assertThat(LocalSpark.read(output).count()).isEqualTo(RECORDS);
    assertThat(dataFiles()).isBetween(files, files + 1);
    CommandRun dry = CommandRun.explain(input, output, "--resume", "--dry-run").done();
    assertThat(dry.out()).contains("holds 80 other records already", "Would explain 0 records");
  }

  private long dataFiles() throws Exception {
    try (Stream<Path> all = Files.walk(output)) {
      return all.filter(file -> file.toString().endsWith(".parquet")).count();
    }
  }

  @Test
  void aTextThatChangedIsDoneAgainAndSameRecordsCount() {
    Row a = LocalSpark.row(1, "the movie was bad");
    Row blank = LocalSpark.row(2, "");
    CommandRun.explain(records("first", a, a, blank), output).done();
    Path later = records("later", a, a, a, blank, blank, LocalSpark.row(2, "the food was cold"));
    CommandRun run = CommandRun.explain(later, output, "--resume").done();
    assertThat(run.out()).startsWith("Explained 2 records (1 error, ").contains("held 3 others");
    assertThat(LocalSpark.read(output).where("id = 1").count()).isEqualTo(3);
    assertThat(LocalSpark.read(output).where("id = 2").count()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "orc"})
  void otherFormatsAreGoneOnWith(String format) {
    String as = "--output-format=" + format;
    Path input = records("in", LocalSpark.row(1, "bad"), LocalSpark.row(2, null));
    CommandRun.explain(input, output, as).done();
    Path more =
        records(
            "more", LocalSpark.row(1, "bad"), LocalSpark.row(2, null), LocalSpark.row(3, "good"));
    CommandRun run = CommandRun.explain(more, output, as, "--resume").done();
    assertThat(run.out()).startsWith("Explained 1 record").contains("held 2 others");
    CommandRun.explain(more, output, as, "--resume", "--method", "lrp")
        .refused("was written with", "Give the same options");
  }

  @Test
  void eachOfTwoMethodsIsGoneOnWith() {
    Path input = records("in", LocalSpark.row(1, "bad"));
    CommandRun.explain(input, output).done();
    CommandRun.explain(input, output, "--method", "lrp", "--mode", "append").done();
    Path more = records("more", LocalSpark.row(1, "bad"), LocalSpark.row(2, "good"));
    for (String method : List.of("lrp", "lrp-stay")) {
      CommandRun run = CommandRun.explain(more, output, "--method", method, "--resume").done();
      assertThat(run.out()).startsWith("Explained 1 record").contains("held 1 others");
    }
    assertThat(LocalSpark.read(output).count()).isEqualTo(4);
  }

  @Test
  void recordsOfSeveralTargetsAreDoneOnce() {
    Path input = records("in", LocalSpark.row(1, "bad"), LocalSpark.row(1, "bad"));
    CommandRun.explain(input, output, "--target", "all", "--limit", "1").done();
    CommandRun run = CommandRun.explain(input, output, "--target", "all", "--resume").done();
    assertThat(run.out()).startsWith("Explained 1 record").contains("held 1 others");
    assertThat(LocalSpark.read(output).count()).isEqualTo(6);
  }

  @Test
  void anOutputOfSomethingElseIsRefused() {
    Path input = records("in", LocalSpark.row(1, "bad"));
    CommandRun.explain(input, output).done();
    CommandRun.explain(input, output, "--resume", "--method", "lrp")
        .refused("method lrp-stay instead of lrp", "--mode append");
    CommandRun.explain(input, output, "--resume", "--target", "1")
        .refused("target predicted instead of 1");
    CommandRun.explain(input, output, "--resume", "--max-length", "9")
        .refused("max-length (none) instead of 9");
    CommandRun.of(
            "explain",
            "--model",
            "demo",
            "--resume",
            "--input",
            input + "",
            "--output",
            output + "")
        .refused("model ", " instead of ");
    CommandRun.explain(input, output, "--resume", "--columns", "text")
        .refused("it has id too", "--columns");
    CommandRun.explain(input, output, "--resume", "--output-prefix", "x_")
        .refused("it has no column x_run_id", "--output-prefix");
    CommandRun.explain(input, output, "--resume", "--mode", "overwrite")
        .refused("--mode overwrite");
    CommandRun.explain(input, input, "--resume").refused("it has no column run_id");
    assertThat(LocalSpark.read(output).count()).isOne();
  }

  @Test
  void anOutputThatLacksAColumnOfTheInputIsRefused() {
    Path input = records("in", LocalSpark.row(1, "bad"));
    CommandRun.explain(input, output, "--columns", "text").done();
    CommandRun.explain(input, output, "--resume").refused("it lacks id", "--columns");
  }

  @Test
  void aDirectoryWithNothingInItIsNoOutputYet() throws Exception {
    Files.createDirectories(output.resolve("_temporary/0"));
    Path input = records("in", LocalSpark.row(1, "bad"));
    CommandRun.explain(input, output).done();
    assertThat(output.resolve("_temporary")).doesNotExist();
  }

  @Test
  void recordsAreToldApartByTheirIdWhereTheyHaveOne() {
    Path input =
        LocalSpark.write(
            directory.resolve("in"),
            "id INT, text STRING, seen STRING",
            LocalSpark.row(1, "bad", "monday"),
            LocalSpark.row(2, "good", "monday"));
    Path later =
        LocalSpark.write(
            directory.resolve("later"),
            "id INT, text STRING, seen STRING",
            LocalSpark.row(1, "bad", "tuesday"),
            LocalSpark.row(2, "better", "tuesday"));
    CommandRun.explain(input, output, "--id-column", "id").done();
    CommandRun run = CommandRun.explain(later, output, "--id-column", "id", "--resume").done();
    assertThat(run.out()).startsWith("Explained 1 record").contains("held 1 others");
    CommandRun whole = CommandRun.explain(later, output, "--resume").done();
    assertThat(whole.out()).startsWith("Explained 1 record").contains("held 1 others");
  }
}
