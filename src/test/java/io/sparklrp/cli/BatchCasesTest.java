package io.sparklrp.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparklrp.spark.LocalSpark;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Exported models that read their batch's length, or have it fixed: the right values are given. */
@ExtendWith(LocalSpark.class)
class BatchCasesTest {
  private static final Path CASES = Path.of("src/test/resources/cases");
  private static final double CLOSE = 1e-5;

  /**
   * The longest record of the fixed length, cut so that its closing token stays, as Hugging Face's
   * tokenizers cut: ONNX Runtime on the same file. (The case's own value is of its first 16 ids.)
   */
  private static final double[] CUT = {0.6999358, -0.39689475, -1.2832112};

  @TempDir Path directory;

  private static JsonNode records(String name) throws IOException {
    Path file = CASES.resolve(name).resolve("case.json");
    return new ObjectMapper().readTree(file.toFile()).get("records");
  }

  private CommandRun explain(String name, String... more) throws IOException {
    List<Row> rows = new ArrayList<>();
    for (JsonNode record : records(name)) {
      rows.add(LocalSpark.row(rows.size(), record.get("text").asText()));
    }
    Path input =
        LocalSpark.write(directory.resolve("in"), "id INT, text STRING", rows.toArray(Row[]::new));
    return CommandRun.of(
        CommandRun.join(
            new String[] {
              "explain",
              "--model",
              CASES.resolve(name).resolve("model.onnx").toString(),
              "--input",
              input.toString(),
              "--output",
              directory.resolve("out").toString()
            },
            more));
  }

  private List<Row> found() {
    return LocalSpark.read(directory.resolve("out")).orderBy("id").collectAsList();
  }

  private JsonNode manifest() throws IOException {
    return new ObjectMapper().readTree(directory.resolve("out/_spark_lrp/manifest.json").toFile());
  }

  private static double[] logits(JsonNode record) {
    return StreamSupport.stream(record.get("logits").spliterator(), false)
        .mapToDouble(JsonNode::asDouble)
        .toArray();
  }

  private static void assertLogits(Row row, double[] expected) {
    assertThat(row.<Row>getAs("error")).isNull();
    List<Float> logits = row.<Row>getAs("prediction").getList(3);
    assertThat(logits.stream().mapToDouble(Float::doubleValue).toArray())
        .as(row.<String>getAs("text"))
        .containsExactly(expected, within(CLOSE));
  }

  /** Rotary factors that are chosen by the batch's number of tokens. */
  @Test
  void recordsOfALengthAreRunTogetherWhereTheGraphReadsIt() throws IOException {
    CommandRun run = explain("phi3-longrope-dy").done();
    List<Row> found = found();
    for (int i = 0; i < found.size(); i++) {
      assertLogits(found.get(i), logits(records("phi3-longrope-dy").get(i)));
    }
    assertThat(run.out()).contains("Records are run in batches of one length: node node_max_1 ");
    assertThat(manifest().get("notes"))
        .extracting(JsonNode::asText)
        .anySatisfy(note -> assertThat(note).contains("in batches of one length", "node_max_1"));
  }

  @Test
  void checkModelSaysHowRecordsAreRun() {
    CommandRun run =
        CommandRun.of(
            "check-model", "--model", CASES.resolve("phi3-longrope-dy/model.onnx").toString());
    assertThat(run.done().out()).contains("Records are run in batches of one length: node");
  }

  /** 16 tokens a record: shorter ones are padded to them, longer ones cut there. */
  @Test
  void fixedLengthIsFilledAndLongerTextsAreCut() throws IOException {
    explain("fixed-length").done();
    List<Row> found = found();
    JsonNode records = records("fixed-length");
    for (int i = 0; i < found.size(); i++) {
      JsonNode ids = records.get(i).get("input_ids");
      int length = Math.min(16, ids.size());
      List<Row> tokens = found.get(i).getList(found.get(i).fieldIndex("tokens"));
      assertThat(tokens).hasSize(length);
      assertThat(found.get(i).<Boolean>getAs("truncated")).isEqualTo(ids.size() > 16);
      assertLogits(found.get(i), ids.size() > 16 ? CUT : logits(records.get(i)));
    }
  }

  @Test
  void lengthBeyondTheFixedOneIsRefusedByItsNumber() throws IOException {
    explain("fixed-length", "--max-length", "32").refused("--max-length 32", "3 to 16 tokens");
  }
}
