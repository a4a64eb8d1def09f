package io.sparklrp.cli;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparklrp.spark.LocalSpark;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A run is told from others in the same output: it is counted, judged and summed up by itself. */
@ExtendWith(LocalSpark.class)
class RunIdColumnTest {
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
            LocalSpark.row(2, "the film was long", "film"),
            LocalSpark.row(3, "", "film"),
            LocalSpark.row(4, "the food was cold", "food"),
            LocalSpark.row(5, " ", "food"));
  }

  private static JsonNode manifest(Path output) throws IOException {
    return new ObjectMapper().readTree(output.resolve("_spark_lrp/manifest.json").toFile());
  }

  private static List<String> runs(Dataset<Row> rows) {
    return rows.select("run_id")
        .distinct()
        .sort("run_id")
        .toJavaRDD()
        .map(row -> row.getString(0))
        .collect();
  }

  @Test
  void everyRowHasItAlsoWithAnError() throws IOException {
    CommandRun.explain(input, output, "--target", "all").done();
    Dataset<Row> rows = LocalSpark.read(output);
    assertThat(runs(rows)).containsExactly(manifest(output).get("run_id").asText());
    assertThat(rows.where("run_id is null").count()).isZero();
    assertThat(
            rows.where("error is not null")
                .where("method is null and model_id is null and truncated is null")
                .count())
        .isEqualTo(2);
  }

  @Test
  void laterRunsSortBehindEarlierOnes() throws IOException {
    CommandRun.explain(input, output).done();
    String first = manifest(output).get("run_id").asText();
    CommandRun.explain(input, output, "--mode", "append").done();
    String second = manifest(output).get("run_id").asText();
    assertThat(runs(LocalSpark.read(output))).containsExactly(first, second);
  }

  @Test
  void partitionsThatAreOverwrittenAloneAreCountedAlone() throws IOException {
    CommandRun.explain(input, output, "--partition-by", "kind").done();
    CommandRun run =
        CommandRun.explain(
                input,
                output,
                "--partition-by",
                "kind",
                "--where",
                "kind = 'food'",
                "--mode",
                "overwrite",
                "--write-option",
                "partitionOverwriteMode=dynamic")
            .done();
    assertThat(run.out()).startsWith("Explained 1 record (1 error, ");
    JsonNode records = manifest(output).get("records");
    assertThat(List.of("in", "out", "explained", "errors", "dropped", "lost"))
        .extracting(name -> records.get(name).asInt())
        .containsExactly(2, 2, 1, 1, 0, 0);
    assertThat(manifest(output).at("/output/records").asInt()).isEqualTo(5);
    assertThat(LocalSpark.read(output).count()).isEqualTo(5);
  }

  /** The same output as a run left it whose ledgers do not close. */
  private Path offBy(double residual) {
    CommandRun.explain(input, output).done();
    Path off = directory.resolve("off");
    LocalSpark.read(output)
        .withColumn("ledger", col("ledger").withField("residual", lit(residual)))
        .write()
        .parquet(off.toString());
    return off;
  }

  @Test
  void aRunIsNotJudgedByTheLedgersOfEarlierOnes() throws IOException {
    Path off = offBy(5);
    CommandRun.explain(input, off, "--mode", "append").done();
    assertThat(manifest(off).at("/ledger/relative_residual/max").asDouble()).isLessThan(1e-4);
    assertThat(manifest(off).at("/output/records").asInt()).isEqualTo(10);
  }

  @Test
  void anOutputOfVersionOneIsAppendedTo() throws IOException {
    CommandRun.explain(input, output).done();
    Path older = directory.resolve("older");
    LocalSpark.read(output).drop("run_id").write().parquet(older.toString());
    CommandRun.explain(input, older, "--mode", "append").done();
    assertThat(manifest(older).at("/records/out").asInt()).isEqualTo(5);
    assertThat(manifest(older).at("/output/records").asInt()).isEqualTo(10);
  }
}
