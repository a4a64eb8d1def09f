package io.sparklrp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparklrp.spark.LocalSpark;
import io.sparklrp.table.Provenance;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What an output says of itself: the manifest beside it, and the provenance in every file. */
@ExtendWith(LocalSpark.class)
class ManifestTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path directory;
  private Path input;
  private Path output;

  @BeforeEach
  void writeInput() {
    output = directory.resolve("out");
    input =
        LocalSpark.write(
            directory.resolve("in"),
            "id INT, text STRING",
            LocalSpark.row(1, "the movie was bad"),
            LocalSpark.row(2, "the food was cold ".repeat(20)),
            LocalSpark.row(3, " "),
            LocalSpark.row(4, null),
            LocalSpark.row(5, ""));
  }

  private JsonNode manifest() throws IOException {
    return JSON.readTree(output.resolve("_spark_lrp/manifest.json").toFile());
  }

  private long tokens(String where) {
    Row sum =
        LocalSpark.read(output).where(where).selectExpr("coalesce(sum(size(tokens)), 0)").first();
    return sum.getLong(0);
  }

  private static void assertCounts(JsonNode counts, int records, int errors, long tokens) {
    assertThat(counts.get(counts.has("out") ? "out" : "records").asInt()).isEqualTo(records);
    assertThat(counts.get("errors").asInt()).isEqualTo(errors);
    assertThat(counts.get("tokens").asLong()).isEqualTo(tokens);
  }

  @Test
  void countsAreThoseOfTheOutput() throws IOException {
    CommandRun.explain(input, output).done();
    JsonNode records = manifest().get("records");
    assertCounts(records, 5, 3, tokens("error is null"));
    assertThat(records.get("in").asInt()).isEqualTo(5);
    assertThat(records.get("explained").asInt()).isEqualTo(2);
    assertThat(records.get("dropped").asInt()).isZero();
    assertThat(records.get("truncated").asInt()).isEqualTo(1);
    assertThat(records.get("errors_by_kind"))
        .isEqualTo(JSON.readTree("{\"text-blank\": 2, \"text-missing\": 1}"));
    assertThat(manifest().at("/ledger/relative_residual/max").asDouble()).isBetween(0.0, 1e-4);
  }

  @Test
  void recordsThatAreDroppedAreCounted() throws IOException {
    CommandRun.explain(input, output, "--on-error", "drop").done();
    JsonNode records = manifest().get("records");
    assertCounts(records, 2, 0, tokens("true"));
    assertThat(records.get("dropped").asInt()).isEqualTo(3);
  }

  @Test
  void anAppendedRunIsCountedByItselfAndTheOutputAsAWhole() throws IOException {
    CommandRun.explain(input, output).done();
    CommandRun run =
        CommandRun.explain(
                input,
                output,
                "--mode",
                "append",
                "--where",
                "id <> 3 and id <> 4",
                "--max-error-rate",
                "0.34")
            .done();
    assertThat(run.out()).startsWith("Explained 2 records (1 error, ");
    JsonNode manifest = manifest();
    long all = tokens("error is null");
    assertCounts(manifest.get("records"), 3, 1, all / 2);
    assertThat(manifest.at("/records/explained").asInt()).isEqualTo(2);
    assertThat(manifest.at("/records/truncated").asInt()).isEqualTo(1);
    assertThat(manifest.at("/records/errors_by_kind"))
        .isEqualTo(JSON.readTree("{\"text-blank\": 1}"));
    assertCounts(manifest.get("output"), 8, 4, all);
  }

  @Test
  void theLedgerOfAnEarlierMethodDoesNotFailALaterOne() {
    CommandRun.explain(input, output, "--method", "gradient-x-input").done();
    CommandRun.explain(input, output, "--method", "lrp", "--mode", "append").done();
  }

  @Test
  void everyFileSaysHowItWasMade() throws IOException {
    CommandRun.explain(
            input, output, "--method", "lrp", "--target", "LABEL_2", "--output-prefix", "p_")
        .done();
    StructField method = LocalSpark.read(output).schema().apply("p_method");
    JsonNode provenance = JSON.readTree(method.metadata().getString("spark_lrp"));
    assertThat(provenance.get("schemaVersion").asInt()).isEqualTo(Provenance.SCHEMA_VERSION);
    assertThat(provenance.get("method").asText()).isEqualTo("lrp");
    assertThat(provenance.at("/parameters/target").asText()).isEqualTo("LABEL_2");
    assertThat(provenance.at("/parameters/precision").asText()).isEqualTo("float32");
    assertThat(provenance.get("softwareVersion").asText()).isNotBlank();
    Row row = LocalSpark.read(output).where("p_error is null").first();
    assertThat(provenance.get("modelId").asText()).isEqualTo(row.<String>getAs("p_model_id"));
    assertThat(provenance.get("runId").asText()).isEqualTo(row.<String>getAs("p_run_id"));
    assertThat(manifest().get("run_id")).isEqualTo(provenance.get("runId"));
    assertThat(manifest().get("model_id")).isEqualTo(provenance.get("modelId"));
    assertThat(manifest().get("parameters")).isEqualTo(provenance.get("parameters"));
  }
}
