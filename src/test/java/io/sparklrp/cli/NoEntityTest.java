package io.sparklrp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparklrp.checkpoint.Checkpoint;
import io.sparklrp.checkpoint.Weights;
import io.sparklrp.graph.Tensor;
import io.sparklrp.oracle.GoldenFixture;
import io.sparklrp.oracle.SafetensorsWriter;
import io.sparklrp.spark.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Records in which no token is an entity: nothing is explained, and nothing is wrong. */
@ExtendWith(LocalSpark.class)
class NoEntityTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String LABELS =
      "{\"0\": \"O\", \"1\": \"B-PER\", \"2\": \"I-PER\", \"3\": \"B-LOC\", \"4\": \"I-LOC\"}";

  @TempDir Path directory;
  private Path output;

  @BeforeEach
  void setOutput() {
    output = directory.resolve("out");
  }

  /** The golden token classifier with one class that always wins. */
  private Path model(int always) throws IOException {
    Path from = GoldenFixture.of("bert-tokcls").directory();
    Path model = Files.createDirectory(directory.resolve("model"));
    Files.copy(from.resolve("tokenizer.json"), model.resolve("tokenizer.json"));
    ObjectNode config = (ObjectNode) JSON.readTree(from.resolve("config.json").toFile());
    config.set("id2label", JSON.readTree(LABELS));
    config.remove("label2id");
    Files.writeString(model.resolve("config.json"), JSON.writeValueAsString(config));
    Weights weights = Checkpoint.open(from).weights();
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    weights.names().forEach(name -> tensors.put(name, weights.get(name)));
    float[] bias = tensors.get("classifier.bias").toFloats();
    bias[always] += 1000;
    tensors.put("classifier.bias", Tensor.floats(new long[] {bias.length}, bias));
    SafetensorsWriter.tensors(model.resolve("model.safetensors"), tensors);
    return model;
  }

  private List<Row> explain(Path model, String... more) {
    Path input =
        LocalSpark.write(
            directory.resolve("in"),
            "text STRING",
            LocalSpark.row("the movie was bad"),
            LocalSpark.row("the food was cold ".repeat(20)));
    String[] args = {
      "explain",
      "--model",
      model.toString(),
      "--input",
      input.toString(),
      "--output",
      output.toString(),
      "--on-error",
      "fail"
    };
    CommandRun run = CommandRun.of(CommandRun.join(args, more)).done();
    assertThat(run.out()).contains("(0 errors");
    return LocalSpark.read(output).orderBy("truncated").collectAsList();
  }

  private void assertNothing(List<Row> rows) throws IOException {
    assertThat(rows).hasSize(2);
    for (Row row : rows) {
      assertThat(row.<Row>getAs("error")).isNull();
      assertThat(row.<Row>getAs("target")).isNull();
      assertThat(row.<Row>getAs("prediction")).isNull();
    }
    JsonNode records = JSON.readTree(output.resolve("_spark_lrp/manifest.json").toFile());
    assertThat(records.at("/records/in").asInt()).isEqualTo(2);
    assertThat(records.at("/records/out").asInt()).isEqualTo(2);
    assertThat(records.at("/records/errors").asInt()).isZero();
    assertThat(records.at("/records/errors_by_kind")).isEmpty();
  }

  @Test
  void recordWithoutEntitiesComesOutWithoutATarget() throws IOException {
    List<Row> rows = explain(model(0));
    assertNothing(rows);
    assertThat(rows.get(0).<Boolean>getAs("truncated")).isFalse();
    assertThat(rows.get(1).<Boolean>getAs("truncated")).isTrue();
  }

  @Test
  void soDoesADocument() throws IOException {
    List<Row> rows = explain(model(0), "--stride", "4");
    assertNothing(rows);
    assertThat(rows).noneMatch(row -> row.<Boolean>getAs("truncated"));
  }

  @Test
  void everyTokenIsOneWhereTheClassIsAnother() throws IOException {
    List<Row> rows = explain(model(3), "--where", "length(text) < 30");
    assertThat(rows.stream().map(row -> row.<Row>getAs("target").<String>getAs("label")))
        .isNotEmpty()
        .allMatch(label -> label.endsWith(":B-LOC"))
        .doesNotContain("token:0:B-LOC");
  }
}
