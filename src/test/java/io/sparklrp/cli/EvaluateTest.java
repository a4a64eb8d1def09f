package io.sparklrp.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparklrp.compile.CancellingModel;
import io.sparklrp.evaluation.Curve;
import io.sparklrp.spark.LocalSpark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code evaluate} on labelled records. */
@ExtendWith(LocalSpark.class)
class EvaluateTest {
  /** What two exports of the same numbers differ by, with room. */
  private static final double EXPORTED = 1e-5;

  @TempDir Path directory;

  private CommandRun evaluate(Path input, Path output, String... more) {
    return evaluate(CommandRun.TINY_MODEL, input, output, more);
  }

  private static CommandRun evaluate(String model, Path input, Path output, String... more) {
    String[] args = {
      "evaluate",
      "--model",
      model,
      "--input",
      input.toString(),
      "--input-format",
      "json",
      "--output",
      output.toString()
    };
    return CommandRun.of(CommandRun.join(args, more));
  }

  private Path input(String... lines) throws Exception {
    return Files.write(directory.resolve("records.jsonl"), List.of(lines));
  }

  private Path records() throws Exception {
    return input(
        "{\"id\": 1, \"text\": \"the film was good\", \"label\": \"LABEL_0\"}",
        "{\"id\": 2, \"text\": \"not a bad film at all\", \"label\": \"LABEL_1\"}",
        "{\"id\": 3, \"text\": \"dull\", \"label\": \"LABEL_2\"}",
        "{\"id\": 4, \"text\": \"a house by the river\", \"label\": \"LABEL_0\"}");
  }

  @Test
  void writesCurvesSummaryAndPictures() throws Exception {
    Path output = directory.resolve("out");
    CommandRun run =
        evaluate(
            records(),
            output,
            "--label-column",
            "label",
            "--id-column",
            "id",
            "--methods",
            "lrp-stay,lrp,random");
    run.done();
    assertThat(run.out()).contains("Evaluated 3 methods on 4 records", "lrp-stay", "random");
    List<Row> curves = LocalSpark.read(output.resolve("curves")).collectAsList();
    assertThat(curves).hasSize(12);
    List<Row> summary = LocalSpark.read(output.resolve("summary")).collectAsList();
    assertThat(summary).hasSize(24);
    double mean =
        curves.stream()
            .filter(row -> row.getAs("method").equals("lrp"))
            .mapToDouble(EvaluateTest::auac)
            .average()
            .orElseThrow();
    Row auac =
        summary.stream()
            .filter(row -> row.getAs("method").equals("lrp") && row.getAs("measure").equals("auac"))
            .findFirst()
            .orElseThrow();
    assertThat(auac.<Double>getAs("mean")).isCloseTo(mean, within(1e-12));
    assertThat(auac.<Double>getAs("low")).isLessThanOrEqualTo(auac.getAs("mean"));
    assertThat(auac.<String>getAs("against")).isEqualTo("lrp-stay");
    assertThat(auac.<Double>getAs("difference")).isNotNull();
    JsonNode json = new ObjectMapper().readTree(output.resolve("summary.json").toFile());
    assertThat(json.get("rows").asLong()).isEqualTo(12);
    assertThat(json.get("forwards_run").asLong()).isLessThan(json.get("forwards_asked").asLong());
    assertThat(Files.readString(output.resolve("curves.svg"))).contains("<svg", "lrp-stay");
    assertThat(Files.readString(output.resolve("conservation.svg"))).contains("<svg", "random");
  }

  @Test
  void theOneMethodThatTheModelRefusesIsNamed() throws Exception {
    Path model = Files.createDirectory(directory.resolve("model"));
    CommandRun run =
        evaluate(
            CancellingModel.write(model, 0.25f).toString(),
            input("{\"text\": \"the film was good\", \"label\": 0}"),
            directory.resolve("out"),
            "--label-column",
            "label",
            "--methods",
            "lrp-stay,lrp:gamma=0.25,random");
    run.refused(
        "Cannot evaluate lrp:gamma=0.25: it is refused. Cannot explain the model by this method");
  }

  private static double auac(Row row) {
    return Curve.area(
        row.<Double>getList(row.fieldIndex("activation")).stream()
            .mapToDouble(Double::doubleValue)
            .toArray());
  }

  @Test
  void theSameRecordsGiveTheSameWhateverTheirPartitions() throws Exception {
    Path one = directory.resolve("one");
    Path two = directory.resolve("two");
    Path records = records();
    String[] more = {"--label-column", "label", "--methods", "lrp-stay,random", "--limit", "3"};
    evaluate(records, one, more).done();
    Path parts = Files.createDirectory(directory.resolve("parts"));
    List<String> lines = Files.readAllLines(records);
    for (int i = 0; i < lines.size(); i++) {
      Files.writeString(parts.resolve(9 - i + ".json"), lines.get(i));
    }
    evaluate(parts, two, more).done();
    assertThat(summary(two)).isEqualTo(summary(one));
  }

  private static List<String> summary(Path output) {
    return LocalSpark.read(output.resolve("summary")).collectAsList().stream()
        .map(
            row ->
                String.format(
                    "%s %s %d %.4f",
                    row.get(0), row.get(1), row.<Long>getAs("n"), row.<Double>getAs("mean")))
        .sorted()
        .toList();
  }

  @Test
  void whatAModelDoesNotAllowIsLeftOutAndSaid() throws Exception {
    Path output = directory.resolve("out");
    CommandRun run = evaluate(records(), output, "--label-column", "label");
    run.done();
    long methods = LocalSpark.read(output.resolve("curves")).select("method").distinct().count();
    assertThat(methods).isEqualTo(io.sparklrp.method.Methods.all().size());
  }

  @Test
  void aMethodThatIsNotEvaluatedIsComparedWithNoneAndThatIsSaid() throws Exception {
    Path output = directory.resolve("out");
    CommandRun run = evaluate(records(), output, "--label-column", "label", "--methods", "lrp");
    run.done();
    assertThat(run.out()).contains("Nothing is compared: lrp-stay is not among the methods");
    assertThat(LocalSpark.read(output.resolve("summary")).where("difference is not null").count())
        .isZero();
  }

  @Test
  void eachTokenIsTakenAwayAloneUnlessThatIsLeftOut() throws Exception {
    Path all = directory.resolve("all");
    Path less = directory.resolve("less");
    String[] more = {"--label-column", "label", "--methods", "lrp-stay"};
    evaluate(records(), all, more).done();
    evaluate(records(), less, CommandRun.join(more, "--without", "leave-one-out")).done();
    assertThat(forwards(less)).isLessThan(forwards(all));
    String measures = "measure <> 'leave_one_out'";
    assertThat(LocalSpark.read(less.resolve("summary")).where(measures).collectAsList())
        .isEqualTo(LocalSpark.read(all.resolve("summary")).where(measures).collectAsList());
    assertThat(LocalSpark.read(less.resolve("curves")).where("leave_one_out is not null").count())
        .isZero();
    evaluate(records(), less, CommandRun.join(more, "--without", "logits"))
        .refused("--without logits", "leave-one-out");
  }

  private static long forwards(Path output) throws Exception {
    return new ObjectMapper()
        .readTree(output.resolve("summary.json").toFile())
        .get("forwards_run")
        .asLong();
  }

  @Test
  void badRecordsComeOutWithTheirErrors() throws Exception {
    Path output = directory.resolve("out");
    Path input =
        input(
            "{\"text\": \"the film was good\", \"label\": \"1\"}",
            "{\"text\": \"the film was good\", \"label\": \"none such\"}",
            "{\"text\": \"the film was good\"}",
            "{\"text\": \" \", \"label\": \"LABEL_0\"}");
    String told =
        evaluate(input, output, "--label-column", "label", "--methods", "lrp").done().out();
    List<Row> curves = LocalSpark.read(output.resolve("curves")).collectAsList();
    assertThat(curves).hasSize(4);
    assertThat(curves.stream().filter(row -> row.getAs("error") != null)).hasSize(3);
    assertThat(told)
        .contains("Evaluated 1 method on 1 of 4 records (3 rows of errors)")
        .contains("Rows without a result, by kind of error")
        .contains(
            "Targets by column 'label': 1 -> LABEL_1 (1 record). Numbers were taken for the places")
        .contains("  1 text-blank (all methods): ", "  1 target-missing (all methods): ")
        .contains("  1 unknown-target (all methods): ");
    JsonNode kinds =
        new ObjectMapper().readTree(output.resolve("summary.json").toFile()).get("errors_by_kind");
    assertThat(kinds.get("text-blank").asLong()).isEqualTo(1);
    assertThat(kinds).hasSize(3);
  }

  @Test
  void agreementWithPeopleIsToldWhereTheyMarkedWords() throws Exception {
    Path output = directory.resolve("out");
    Path input =
        input(
            "{\"text\": \"the film was good\", \"label\": \"LABEL_0\", \"marks\": [0, 0, 0.2, 1]}",
            "{\"text\": \"a dull house\", \"label\": \"LABEL_1\", \"marks\": null}",
            "{\"text\": \"a fine house\", \"label\": \"LABEL_1\", \"marks\": [1, 0]}");
    CommandRun run =
        evaluate(
            input,
            output,
            "--label-column",
            "label",
            "--methods",
            "lrp-stay",
            "--highlight-column",
            "marks");
    run.done();
    assertThat(run.out()).contains("plausibility_ap");
    List<Row> curves = LocalSpark.read(output.resolve("curves")).collectAsList();
    assertThat(curves.stream().filter(row -> row.getAs("plausibility_ap") != null)).hasSize(1);
    evaluate(
            input,
            directory.resolve("other"),
            "--label-column",
            "label",
            "--highlight-column",
            "label")
        .refused("'label'", "--highlight-column");
  }

  @Test
  void causesAreBookedAndDrawnWhereTheyAreAskedFor() throws Exception {
    Path output = directory.resolve("out");
    evaluate(
            records(),
            output,
            "--label-column",
            "label",
            "--methods",
            "gradient-x-input,rollout",
            "--ledger",
            "by-cause")
        .done();
    assertThat(Files.readString(output.resolve("causes.svg")))
        .contains("attention softmax", "normalisation", "layer.1");
    for (Row row : LocalSpark.read(output.resolve("curves")).collectAsList()) {
      boolean isGradient = row.getAs("method").equals("gradient-x-input");
      assertThat(row.getAs("by_cause") != null).isEqualTo(isGradient);
      if (isGradient) {
        double absorbed =
            row.<String, Double>getJavaMap(row.fieldIndex("by_cause")).values().stream()
                .mapToDouble(Double::doubleValue)
                .sum();
        double residual =
            row.<Double>getAs("score")
                - row.<Double>getAs("relevance_sum")
                - row.<Double>getAs("booked");
        assertThat(absorbed).isCloseTo(residual, within(1e-5 * Math.max(1, Math.abs(residual))));
        assertThat(row.<Double>getAs("unaccounted")).isLessThan(1e-5);
      } else {
        assertThat(row.<Double>getAs("unaccounted")).isNull();
      }
    }
    JsonNode json = new ObjectMapper().readTree(output.resolve("summary.json").toFile());
    assertThat(json.get("largest_unaccounted").get("gradient-x-input").asDouble()).isLessThan(1e-5);
    assertThat(json.get("causes"))
        .anySatisfy(
            cause -> {
              assertThat(cause.get("kind").asText()).isEqualTo("attention softmax");
              assertThat(cause.get("part").asText()).isEqualTo("layer.0");
              assertThat(cause.get("magnitude").asDouble())
                  .isGreaterThanOrEqualTo(Math.abs(cause.get("mean").asDouble()));
            });
  }

  /** Tokens are taken away by their words, wherever the model is explained. */
  @Test
  void theEmbeddingLayersOutputIsEvaluatedOnTheSameRuns() throws Exception {
    Path words = directory.resolve("words");
    Path there = directory.resolve("there");
    String[] more = {
      "--label-column", "label", "--id-column", "id", "--methods", "random,occlusion"
    };
    evaluate(records(), words, more).done();
    evaluate(records(), there, CommandRun.join(more, "--at", "embedding-output")).done();
    assertThat(summary(there)).isEqualTo(summary(words));
  }

  /** So that the same is measured of an exported model as of its checkpoint. */
  @Test
  void aNamedValueOfAnExportedModelIsEvaluatedAsItsCheckpointIsThere() throws Exception {
    for (String file : List.of("tokenizer.json", "config.json")) {
      Files.copy(Path.of(CommandRun.TINY_MODEL, file), directory.resolve(file));
    }
    Path exported = directory.resolve("model.onnx");
    Files.copy(Path.of("src/test/resources/onnx/bert-seqcls-torchscript-14.onnx"), exported);
    String[] more = {
      "--label-column", "label", "--id-column", "id", "--methods", "lrp-stay,lrp-ln,occlusion"
    };
    Path checkpoint = directory.resolve("checkpoint");
    Path named = directory.resolve("named");
    evaluate(records(), checkpoint, CommandRun.join(more, "--at", "embedding-output")).done();
    String value = "/model/bert/embeddings/LayerNorm/Add_1_output_0";
    evaluate(exported.toString(), records(), named, CommandRun.join(more, "--at", value)).done();
    assertThat(means(named))
        .hasSize(3 * 3)
        .usingComparatorForType(
            (a, b) -> Math.abs(a - b) < EXPORTED ? 0 : Double.compare(a, b), Double.class)
        .isEqualTo(means(checkpoint));
  }

  /** The three areas of each method. */
  private static List<Double> means(Path output) {
    return LocalSpark.read(output.resolve("summary")).collectAsList().stream()
        .filter(row -> List.of("auac", "au_mse", "aupc").contains(row.<String>getAs("measure")))
        .sorted(Comparator.comparing(row -> row.getAs("method") + " " + row.getAs("measure")))
        .map(row -> row.<Double>getAs("mean"))
        .toList();
  }

  @Test
  void refusesWhatCannotBeEvaluated() throws Exception {
    Path output = directory.resolve("out");
    Path records = records();
    evaluate(records, output, "--label-column", "truth").refused("no column 'truth'", "label");
    evaluate(records, output, "--label-column", "label", "--methods", "shap")
        .refused("method 'shap'", "lrp-stay");
    evaluate(records, output, "--label-column", "label", "--against", "shap")
        .refused("method 'shap'");
    evaluate(records, output, "--label-column", "label", "--replacement", "nosuchtoken")
        .refused("nosuchtoken", "--replacement");
    evaluate(records, output, "--label-column", "label", "--stride", "2").refused("--stride");
    assertThat(output).doesNotExist();
  }

  @Test
  void doesNotOverwriteUnlessItIsTold() throws Exception {
    Path output = directory.resolve("out");
    String[] more = {"--label-column", "label", "--methods", "lrp"};
    evaluate(records(), output, more).done();
    evaluate(records(), output, more).refused("it exists", "--mode overwrite");
    evaluate(records(), output, CommandRun.join(more, "--mode", "overwrite")).done();
    try (Stream<Path> files = Files.list(output)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .contains("curves", "summary", "summary.json", "curves.svg", "conservation.svg");
    }
  }

  @Test
  void anEvaluationOfNothingButErrorsFails() throws Exception {
    Path input = input("{\"text\": \"a film\", \"label\": \"none such\"}");
    evaluate(input, directory.resolve("out"), "--label-column", "label", "--methods", "lrp")
        .ended(ExitCode.QUALITY, "all 1 records failed");
  }
}
