package io.sparklrp.cli;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.round;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sparklrp.method.MethodOptions;
import io.sparklrp.spark.LocalSpark;
import io.sparklrp.spark.settings.EvaluateSettings;
import io.sparklrp.spark.settings.ExplainSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** The jobs that are shipped are complete: they run as they are. */
@ExtendWith(LocalSpark.class)
class JobFilesTest {
  private static final Path DEMO = Path.of("jobs/explain-demo-sample.args");
  private static final Path EVALUATION = Path.of("jobs/evaluate-sst2-dev.args");

  static List<Path> jobs() throws IOException {
    return jobs("explain-");
  }

  static List<Path> reproductions() throws IOException {
    return jobs("reproduce-");
  }

  private static List<Path> jobs(String prefix) throws IOException {
    try (Stream<Path> files = Files.list(Path.of("jobs"))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(prefix))
          .filter(file -> file.toString().endsWith(".args"))
          .sorted()
          .toList();
    }
  }

  static List<Path> jobsOnOtherData() throws IOException {
    return jobs().stream().filter(job -> !job.equals(DEMO)).toList();
  }

  private static ExplainSettings settings(Path job) {
    ExplainCommand command = new ExplainCommand();
    new CommandLine(command)
        .setTrimQuotes(true)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .parseArgs("@" + job);
    return command.settings();
  }

  private static List<Row> output(Path job) {
    return LocalSpark.read(Path.of(settings(job).output().path())).collectAsList();
  }

  @ParameterizedTest
  @MethodSource("jobs")
  void parses(Path job) {
    ExplainSettings settings = settings(job);
    assertThat(settings.model().location()).isEqualTo("demo");
    assertThat(settings.columns().id()).isEqualTo("id");
    assertThat(settings.output().path()).startsWith("target/explained/");
    settings.input().options().forEach((key, value) -> assertThat(value).doesNotContain("\""));
  }

  @Test
  void theDemoSampleRunsToTheEnd() throws IOException {
    CommandRun run = CommandRun.of("explain", "@" + DEMO).done();
    assertThat(run.out()).startsWith("Explained 304 records (0 errors, ");
    List<Row> rows = output(DEMO);
    assertThat(rows).hasSize(304);
    rows.forEach(row -> AddsUp.check(row, "text"));
    assertThat(rows).anyMatch(row -> row.<String>getAs("text").contains("🍜"));
    assertQueriesSayTheSame(settings(DEMO).output().path());
  }

  /** The README's query, and the file that it names. */
  private static void assertQueriesSayTheSame(String explained) throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    String ofReadme = readme.substring(readme.indexOf("```sql") + 6);
    Dataset<Row> told =
        LocalSpark.session()
            .sql(
                ofReadme
                    .substring(0, ofReadme.indexOf("```"))
                    .replace("`explained`", "`" + explained + "`"))
            .toDF("class", "word", "relevance", "places")
            .where("places >= 5")
            .select("class", "word", "places", "relevance");
    String file = Files.readString(Path.of("jobs/words-by-class.sql"));
    Dataset<Row> found =
        LocalSpark.session()
            .sql(file.replace("${explained}", explained))
            .select("class", "word", "places", "relevance");
    assertThat(found.collectAsList()).hasSizeGreaterThan(50);
    assertThat(rounded(found)).containsExactlyInAnyOrderElementsOf(rounded(told));
  }

  private static List<String> rounded(Dataset<Row> rows) {
    return rows.withColumn("relevance", round(col("relevance"), 9)).collectAsList().stream()
        .map(Row::toString)
        .toList();
  }

  @Test
  void theEvaluationRunsOnSixRecords() {
    Path data = Path.of("../shared/data/sst2_glue/dev.tsv");
    assumeTrue(Files.exists(data), EVALUATION + " needs " + data);
    CommandRun run = CommandRun.of("evaluate", "@" + EVALUATION, "--limit", "6").done();
    assertThat(run.out()).contains("Evaluated 9 methods on 6 records (0 rows of errors)");
  }

  /** Their models are trained first: here they are but read. */
  @ParameterizedTest
  @MethodSource("reproductions")
  void reproductionsAreComplete(Path job) {
    EvaluateCommand command = new EvaluateCommand();
    new CommandLine(command)
        .setTrimQuotes(true)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .parseArgs("@" + job);
    EvaluateSettings settings = command.settings();
    String name = job.getFileName().toString().replaceAll("^reproduce-|\\.args$", "");
    assertThat(settings.output()).isEqualTo("target/reproduction/" + name);
    assertThat(settings.methods()).contains(settings.against());
    settings.methods().forEach(method -> MethodOptions.written(method, settings.seed()));
    settings.input().options().forEach((key, value) -> assertThat(value).doesNotContain("\""));
  }

  @ParameterizedTest
  @MethodSource("jobsOnOtherData")
  void runsOnTwentyRecords(Path job) {
    Path data = Path.of(settings(job).input().path());
    assumeTrue(Files.exists(data), job + " needs " + data);
    CommandRun.of("explain", "@" + job, "--limit", "20").done();
    List<Row> rows = output(job);
    assertThat(rows).hasSize(20);
    rows.forEach(row -> AddsUp.check(row, "text"));
  }
}
