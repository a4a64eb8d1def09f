package io.sparklrp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparklrp.spark.LocalSpark;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.sql.Row;
import org.apache.spark.util.JsonProtocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Spark's UI shows of a run: jobs that say what they do, and counters with names. */
@ExtendWith(LocalSpark.class)
class RunDescriptionTest {
  /** Events as Spark's own JSON, which spares us its Scala collections. */
  private static final class Watcher extends SparkListener {
    private final Set<String> descriptions = new LinkedHashSet<>();
    private final Map<String, Long> counters = new HashMap<>();

    @Override
    public void onJobStart(SparkListenerJobStart start) {
      descriptions.add(start.properties().getProperty("spark.job.description"));
    }

    @Override
    public void onStageCompleted(SparkListenerStageCompleted completed) {
      String json = JsonProtocol.sparkEventToJsonString(completed);
      for (JsonNode counter : read(json).at("/Stage Info/Accumulables")) {
        counters.merge(counter.path("Name").asText(), counter.path("Value").asLong(), Long::max);
      }
    }

    private static JsonNode read(String json) {
      try {
        return new ObjectMapper().readTree(json);
      } catch (JsonProcessingException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @TempDir Path directory;

  @Test
  void jobsSayWhatTheyDoAndCountersCount() {
    Path input =
        LocalSpark.write(
            directory.resolve("in"),
            "text STRING",
            LocalSpark.row("the movie was bad"),
            LocalSpark.row("wonderful"),
            LocalSpark.row(" "));
    Path output = directory.resolve("out");
    Watcher watcher = new Watcher();
    LocalSpark.session().sparkContext().addSparkListener(watcher);
    CommandRun.explain(input, output, "--method", "lrp").done(); // its end waits for all events

    assertThat(watcher.descriptions)
        .contains(
            "Spark LRP: look at text lengths",
            "Spark LRP: explain 3 records by lrp",
            "Spark LRP: count what was written");
    Row tokens =
        LocalSpark.read(output)
            .where("error is null")
            .selectExpr("sum(size(tokens))", "count(1) * max(size(tokens)) - sum(size(tokens))")
            .first();
    assertThat(watcher.counters)
        .containsEntry("records", 3L)
        .containsEntry("errors", 1L)
        .containsEntry("tokens", tokens.getLong(0))
        .containsKeys("padded tokens", "tokenise ms", "run ms");
    assertThat(watcher.counters.get("padded tokens")).isBetween(0L, tokens.getLong(1));
  }

  /** A notebook's own description of its jobs, by which it cancels them. */
  private static Map<String, String> described() {
    Map<String, String> found = new HashMap<>();
    for (String name :
        List.of("spark.jobGroup.id", "spark.job.description", "spark.job.interruptOnCancel")) {
      found.put(name, LocalSpark.session().sparkContext().getLocalProperty(name));
    }
    return found;
  }

  private Path words(String... texts) {
    Row[] rows = Stream.of(texts).map(LocalSpark::row).toArray(Row[]::new);
    return LocalSpark.write(directory.resolve("in"), "text STRING", rows);
  }

  @ParameterizedTest
  @CsvSource({
    "'', 0",
    "--dry-run, 0",
    "--text-column=none, 2",
    "--on-error=fail, 1",
    "--max-error-rate=0.1, 3",
    "--target=none, 2"
  })
  void whatANotebookSaidOfItsJobsIsSaidAgain(String more, int exitCode) {
    Path input = words("wonderful", " ");
    SparkContext context = LocalSpark.session().sparkContext();
    Map<String, String> unsaid = described();
    context.setJobGroup("cell-7", "a notebook's cell", true);
    try {
      Map<String, String> before = described();
      String[] args = {more.isEmpty() ? "--verbose" : more};
      CommandRun run = CommandRun.explain(input, directory.resolve("out"), args);
      assertThat(run.exitCode()).as(run.err()).isEqualTo(exitCode);
      assertThat(described()).isEqualTo(before).containsEntry("spark.jobGroup.id", "cell-7");
    } finally {
      unsaid.forEach(context::setLocalProperty);
    }
  }

  @Test
  void whatWasNotSaidOfJobsIsNotSaidAfterwards() {
    Map<String, String> before = described();
    CommandRun.explain(words("wonderful"), directory.resolve("out")).done();
    assertThat(described()).isEqualTo(before).containsEntry("spark.jobGroup.id", null);
  }
}
