package io.sparklrp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Dim;
import io.sparklrp.graph.GraphBuilder;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Tensor;
import io.sparklrp.graph.Value;
import io.sparklrp.onnx.OnnxWriter;
import io.sparklrp.oracle.GoldenFixture;
import io.sparklrp.spark.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the engine, or anything else, throws at one record is that record's error and no other's.
 */
@ExtendWith(LocalSpark.class)
class EngineErrorsTest {
  private static final int WORDS = 900;
  private static final int HIDDEN = 4;

  @TempDir Path directory;
  private Path input;
  private long movie;

  @BeforeEach
  void writeInput() throws IOException {
    movie =
        new com.fasterxml.jackson.databind.ObjectMapper()
            .readTree(tokenizer().toFile())
            .at("/model/vocab/movie")
            .asLong();
    input =
        LocalSpark.write(
            directory.resolve("in"),
            "id STRING, text STRING, other STRING",
            LocalSpark.row("a", "the food was cold", "the food was bad"),
            LocalSpark.row("b", "the movie was bad", "the food"),
            LocalSpark.row("c", "the food was bad", "a movie"),
            LocalSpark.row("d", "bad food ".repeat(30) + "movie", "the food was cold"),
            LocalSpark.row("e", "bad food ".repeat(30), "the food was cold"));
  }

  private static Path tokenizer() {
    return GoldenFixture.of("bert-seqcls").directory().resolve("tokenizer.json");
  }

  /**
   * A model that picks from a table with rows for no word, or for all but one.
   *
   * @param isVector whether its output is a vector for each token instead of a class
   */
  private Path model(boolean failsAlways, boolean isVector) throws IOException {
    GraphBuilder builder = new GraphBuilder("failing");
    Ops ops = new Ops(builder, "body", "");
    Shape shape = Shape.of(Dim.symbol("batch"), Dim.symbol("sequence"));
    Value ids = builder.input("input_ids", DataType.INT64, shape);
    Value mask = builder.input("attention_mask", DataType.INT64, shape);
    Value words = ops.gather("words", table(builder, "table", WORDS, HIDDEN), ids, 0);
    Value isMovie = ops.binary("is_movie", "Equal", ids, ops.integer(movie));
    Value beyond =
        failsAlways
            ? ops.add("beyond", ids, ops.integer(WORDS))
            : ops.where("beyond", isMovie, ops.integer(WORDS), ops.integer(0));
    Value more = ops.gather("pick", table(builder, "small", HIDDEN, HIDDEN), beyond, 0);
    Value column = ops.unsqueeze("column", ops.cast("mask", mask, DataType.FLOAT32), 2);
    Value rows = ops.mul("real", ops.add("sum", words, more), column);
    Value result =
        isVector
            ? ops.matMul("last_hidden_state", rows, table(builder, "head", HIDDEN, HIDDEN))
            : ops.matMul(
                "scores",
                ops.reduceSum("pooled", rows, false, 1),
                table(builder, "head", HIDDEN, 3));
    Path own = Files.createDirectory(directory.resolve("model"));
    Files.write(own.resolve("model.onnx"), OnnxWriter.toBytes(builder.build(List.of(result))));
    Files.copy(tokenizer(), own.resolve("tokenizer.json"));
    return own.resolve("model.onnx");
  }

  private static Value table(GraphBuilder builder, String name, int rows, int columns) {
    Random random = new Random(rows + columns);
    float[] numbers = new float[rows * columns];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return builder.initializer(name, Tensor.floats(new long[] {rows, columns}, numbers));
  }

  private CommandRun explain(Path model, String... more) {
    String[] args = {
      "explain",
      "--model",
      model.toString(),
      "--input",
      input.toString(),
      "--output",
      directory.resolve("out").toString()
    };
    return CommandRun.of(CommandRun.join(args, more));
  }

  /** Kind and message of what failed, by record. */
  private Map<String, String> errors() {
    List<Row> rows = LocalSpark.read(directory.resolve("out")).collectAsList();
    assertThat(rows).hasSize(5);
    return rows.stream()
        .filter(row -> row.getAs("error") != null)
        .collect(
            Collectors.toMap(
                row -> row.getAs("id"),
                row ->
                    row.<Row>getAs("error").getString(0)
                        + ": "
                        + row.<Row>getAs("error").getString(1)));
  }

  private void assertFailed(String... records) {
    Map<String, String> errors = errors();
    assertThat(errors).containsOnlyKeys(records);
    assertThat(errors.values())
        .containsOnly("engine: The engine fails at the record at node body.pick (Gather).");
  }

  @Test
  void recordAtWhichTheEngineFailsIsAnError() throws IOException {
    CommandRun run = explain(model(false, false)).done();
    assertThat(run.out()).contains("Explained 3 records (2 errors, ");
    assertFailed("b", "d");
  }

  @Test
  void documentWithSuchAWindowIsAnError() throws IOException {
    explain(model(false, false), "--max-length", "12", "--stride", "2").done();
    assertFailed("b", "d");
  }

  @Test
  void recordWhoseSecondTextIsSuchIsAnError() throws IOException {
    explain(
            model(false, true),
            "--text-pair-column",
            "other",
            "--target",
            "cosine",
            "--pooling",
            "mean")
        .done();
    assertFailed("b", "c", "d");
  }

  @Test
  void modelThatCannotRunEndsTheRunBeforeAnyRecord() throws IOException {
    explain(model(true, false))
        .refused(
            "Cannot run the model: the engine fails at records of every length",
            "body.pick",
            "with dynamic axes");
    assertThat(directory.resolve("out")).doesNotExist();
  }

  @Test
  void checkModelRefusesAModelThatCannotRun() throws IOException {
    CommandRun run = CommandRun.of("check-model", "--model", model(true, false).toString());
    run.ended(ExitCode.USAGE, "Cannot run the model");
  }

  /** A tokenizer that has no token for what it does not know throws at such a text. */
  @Test
  void recordAtWhichTheTokenizerThrowsIsAnError() throws IOException {
    Path model = model(false, false);
    Path json = model.resolveSibling("tokenizer.json");
    Files.writeString(
        json,
        Files.readString(json).replace("\"unk_token\": \"[UNK]\"", "\"unk_token\": \"[NONE]\""));
    input =
        LocalSpark.write(
            directory.resolve("others"),
            "id STRING, text STRING",
            LocalSpark.row("a", "the food was cold"),
            LocalSpark.row("b", "the food was \u732B"));
    explain(model).done();
    List<Row> rows = LocalSpark.read(directory.resolve("out")).orderBy("id").collectAsList();
    assertThat(rows.get(0).<Row>getAs("error")).isNull();
    assertThat(rows.get(1).<Row>getAs("error").getString(1)).doesNotContain("\u732B", "food");
  }
}
