package io.sparklrp.cli;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparklrp.oracle.EditableCheckpoint;
import io.sparklrp.oracle.GoldenFixture;
import io.sparklrp.spark.LocalSpark;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An output is looked at from what it holds alone: what was changed is found, what was not is not.
 */
@ExtendWith(LocalSpark.class)
class VerifyCommandTest {
  private static final String SECRET = "xylophone";

  @TempDir Path directory;

  private Path input() {
    return LocalSpark.write(
        directory.resolve("in"),
        "id INT, text STRING, pair STRING, label STRING",
        LocalSpark.row(1, "the movie was 🎉 not [MASK] bad at all", "the weather", "LABEL_1"),
        LocalSpark.row(2, "the food was cold ".repeat(20) + "[MASK]", "it is", "LABEL_0"),
        LocalSpark.row(3, " ", "a film", "LABEL_2"),
        LocalSpark.row(4, null, null, "no label"),
        LocalSpark.row(5, "a " + SECRET + " [MASK]", "a film", "LABEL_2"));
  }

  private Path explained(String... more) {
    Path output = directory.resolve("out");
    CommandRun.explain(input(), output, CommandRun.join(new String[] {"--id-column", "id"}, more))
        .done();
    return output;
  }

  private static CommandRun verify(Path output, String... more) {
    return CommandRun.of(
        CommandRun.join(new String[] {"verify", "--input", output.toString()}, more));
  }

  /** The output with something done to it, and nothing beside it. */
  private Path changed(Path output, String column, String to) {
    return written(LocalSpark.read(output).withColumn(column, expr(to)));
  }

  private Path written(Dataset<Row> rows) {
    Path changed = directory.resolve("changed");
    rows.write().mode("overwrite").parquet(changed.toString());
    return changed;
  }

  private static void assertFound(CommandRun run, String... parts) {
    run.ended(ExitCode.QUALITY, parts);
    assertThat(run.out()).contains(" FAILED").doesNotContain("as it should be");
    assertThat(run.out() + run.err()).doesNotContain(SECRET);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bert-seqcls",
        "bert-seqcls --target all --method gradient-x-input",
        "bert-seqcls --target contrast:LABEL_0:LABEL_1 --target LABEL_2",
        "bert-seqcls --target column:label",
        "bert-seqcls --text-pair-column pair",
        "bert-seqcls --max-length 20 --stride 6",
        "bert-seqcls --without logits,words,bias-by-layer --output-prefix x_",
        "bert-seqcls --precision int8 --max-deviation 1",
        "bert-seqcls --precision mixed --max-deviation 1",
        "bert-tokcls --max-length 40",
        "bert-qa --text-pair-column pair --target span",
        "bert-mlm --target top:2",
        "llama-clm --target next --max-length 40",
        "gpt2-clm --target completion:label --max-length 48",
      })
  void whatExplainWroteHolds(String asked) {
    String[] words = asked.split(" ");
    Path output = directory.resolve("out");
    String[] args = {
      "explain",
      "--model",
      GoldenFixture.of(words[0]).directory().toString(),
      "--input",
      input().toString(),
      "--output",
      output.toString()
    };
    CommandRun.of(CommandRun.join(args, Stream.of(words).skip(1).toArray(String[]::new))).done();
    CommandRun run = verify(output).done();
    assertThat(run.out())
        .contains("rows_missing_or_extra 0 (<= 0)", "tokens 0", "sample of ")
        .endsWith("All of it is as it should be.\n")
        .doesNotContain("FAILED");
    assertThat(run.out()).doesNotContain("made 0 of them");
  }

  @Test
  void similarityHolds() throws IOException {
    Path model =
        EditableCheckpoint.tiny(11, directory.resolve("model"))
            .config("architectures", "[\"BertModel\"]")
            .directory();
    Path output = directory.resolve("out");
    CommandRun.of(
            "explain",
            "--model",
            model.toString(),
            "--input",
            input().toString(),
            "--output",
            output.toString(),
            "--text-pair-column",
            "pair",
            "--target",
            "cosine",
            "--pooling",
            "mean")
        .done();
    verify(output).done();
  }

  @Test
  void picturesHold() throws IOException {
    Path pictures = Files.createDirectory(directory.resolve("pictures"));
    Random random = new Random(5);
    for (int n = 0; n < 2; n++) {
      BufferedImage image = new BufferedImage(40 + n, 30, BufferedImage.TYPE_INT_RGB);
      for (int i = 0; i < image.getWidth() * image.getHeight(); i++) {
        image.setRGB(i % image.getWidth(), i / image.getWidth(), random.nextInt(1 << 24));
      }
      ImageIO.write(image, "png", pictures.resolve(n + ".png").toFile());
    }
    Path output = directory.resolve("out");
    CommandRun.explainPictures(pictures, output).done();
    assertThat(verify(output).done().out()).contains("made 2 of them");
  }

  @Test
  void aChangedRelevanceIsFoundWhateverTheSample() {
    Path output = explained();
    String louder =
        "if(id = 5, transform(tokens, (t, i) -> if(i = 2,"
            + " named_struct('token', t.token, 'id', t.id, 'start', t.start, 'end', t.end, 'word', t.word,"
            + " 'segment', t.segment, 'special', t.special, 'relevance', t.relevance + 0.001F, 'bias', t.bias), t)), tokens)";
    assertFound(verify(changed(output, "tokens", louder), "--sample", "0"), "tokens", "record 5 ");
    assertFound(verify(changed(output, "tokens", louder)), "tokens", "record 5 ");
  }

  /** The sums stay: only the model knows. */
  @Test
  void aRelevanceThatChangedPlacesIsFoundByTheSample() {
    Path output = explained();
    String swapped =
        "transform(tokens, (t, i) -> named_struct('token', t.token, 'id', t.id, 'start', t.start, 'end', t.end,"
            + " 'word', t.word, 'segment', t.segment, 'special', t.special, 'relevance',"
            + " if(t.special, tokens[if(i = 0, size(tokens) - 1, 0)].relevance, t.relevance), 'bias', t.bias))";
    Path changed = changed(output, "tokens", swapped);
    verify(changed, "--sample", "0").done();
    assertFound(verify(changed), "made again one by one", "of its scale in relevance");
  }

  @Test
  void aChangedScoreOrWordIsFound() {
    Path output = explained();
    Dataset<Row> rows = LocalSpark.read(output);
    Path score =
        written(
            rows.withColumn(
                "target", col("target").withField("score", expr("target.score + 1e-6"))));
    assertFound(verify(score, "--sample", "0"), "their ledger");
    Path words = changed(output, "words", "slice(words, 1, size(words) - 1)");
    assertFound(verify(words, "--sample", "0"), "their words");
  }

  @Test
  void aTextThatWasCutOffIsFound() {
    Path output = explained();
    assertFound(
        verify(changed(output, "text", "substring(text, 1, 5)"), "--sample", "0"), "their spans");
    assertFound(
        verify(changed(output, "text", "concat('x', text)"), "--sample", "5"), "their words");
  }

  @Test
  void columnsThatAreNotThereTogetherAreFound() {
    Path output = explained();
    assertFound(
        verify(changed(output, "ledger", "if(id = 1, null, ledger)"), "--sample", "0"),
        "their columns",
        "record 1 ");
    verify(written(LocalSpark.read(output).drop("words")))
        .ended(ExitCode.QUALITY, "its columns words are missing");
  }

  @Test
  void rowsThatAreThereTwiceOrNotAreFound() throws IOException {
    Path output = explained();
    List<Path> parts;
    try (Stream<Path> files = Files.list(output)) {
      parts = files.filter(file -> file.toString().endsWith(".parquet")).toList();
    }
    for (Path part : parts) {
      Files.copy(part, output.resolve("again-" + part.getFileName()));
    }
    assertFound(verify(output), "it holds 10 rows, and its manifest says 5");
    for (Path part : parts) {
      Files.delete(output.resolve("again-" + part.getFileName()));
    }
    verify(output).done();
    LocalSpark.read(output).where("id > 1").write().parquet(directory.resolve("less").toString());
    FileUtils.copyDirectory(
        output.resolve("_spark_lrp").toFile(), directory.resolve("less/_spark_lrp").toFile());
    assertFound(verify(directory.resolve("less")), "it holds 4 rows, and its manifest says 5");
  }

  @Test
  void runsOfSeveralModelsAreEachMadeAgainByTheirOwn() throws IOException {
    Path output = explained();
    Path other = EditableCheckpoint.tiny(3, directory.resolve("model")).directory();
    String[] append = {"--mode", "append", "--method", "lrp", "--id-column", "id"};
    CommandRun.of(
            CommandRun.join(
                new String[] {
                  "explain",
                  "--model",
                  other.toString(),
                  "--input",
                  directory.resolve("in").toString(),
                  "--output",
                  output.toString()
                },
                append))
        .done();
    CommandRun run = verify(output).done();
    assertThat(run.out()).contains("Looked at 10 rows of 2 runs", "made 6 of them");
  }

  @Test
  void aModelThatMovedIsToldByItsHash() throws IOException {
    Path model = directory.resolve("model");
    FileUtils.copyDirectory(Path.of(CommandRun.TINY_MODEL).toFile(), model.toFile());
    Path output = directory.resolve("out");
    CommandRun.of(
            "explain",
            "--model",
            model.toString(),
            "--input",
            input().toString(),
            "--output",
            output.toString())
        .done();
    FileUtils.deleteDirectory(model.toFile());
    verify(output).refused("there is no such directory", "Give --model where it is now");
    verify(output, "--model", CommandRun.TINY_MODEL).done();
    verify(output, "--model", "demo").refused("content hash", "demo has ", "Give --model");
    verify(output, "--sample", "0").done();
  }

  @Test
  void whatIsMissingIsNamed() {
    Path output = explained();
    Path without = written(LocalSpark.read(output).drop("text"));
    verify(without).refused("it lacks the columns that they were made of: text", "--sample 0");
    CommandRun run = verify(without, "--sample", "0").done();
    assertThat(run.out())
        .contains("There is no manifest", "No row was made again")
        .endsWith("All that could be looked at is as it should be.\n");
    verify(input2()).refused("it is no output of explain");
    verify(directory.resolve("nowhere"))
        .refused("Cannot read ", "Give the directory that explain wrote as --input");
    CommandRun.of("verify").refused("--input and --input-table");
    verify(output, "--sample", "-1").refused("--sample -1");
  }

  private Path input2() {
    return LocalSpark.write(
        directory.resolve("other"), "id INT, text STRING", LocalSpark.row(1, "a"));
  }

  @Test
  void formatsWithoutTypesAreRead() {
    Path output = explained("--output-format", "json");
    CommandRun run = verify(output, "--input-format", "json").done();
    assertThat(run.out()).contains("Looked at 5 rows", "made 3 of them");
  }

  @Test
  void anEmptyOutputHolds() {
    Path output = explained("--where", "id > 9");
    assertThat(verify(output).done().out()).contains("Looked at 0 rows");
  }

  @Test
  void gatesOfARunAreInItsManifestAndItsSummary() throws IOException {
    Path output = directory.resolve("gates");
    CommandRun run =
        CommandRun.explain(input(), output, "--max-truncated-rate", "0.2", "--verify-sample", "2");
    run.ended(ExitCode.QUALITY, "the text of 1 of 3 rows was cut", "--max-truncated-rate 0.2");
    assertThat(run.out())
        .contains(
            "Quality gates: records_lost 0 (<= 0)",
            "truncated_rate 0.3333 (<= 0.2) FAILED",
            "sample of ");
    JsonNode gate = gateOf(output, "truncated_rate");
    assertThat(gate.path("value").asDouble()).isEqualTo(1 / 3.0);
    assertThat(gate.path("bound").asDouble()).isEqualTo(0.2);
    assertThat(gate.path("bound_is").asText()).isEqualTo("most");
    assertThat(gate.path("passed").isBoolean()).isTrue();
    assertThat(gate.path("passed").asBoolean()).isFalse();
    assertThat(gateOf(output, "records_lost").path("passed").asBoolean()).isTrue();
    List<String> off =
        List.of("--max-truncated-rate", "0.4", "--verify-sample", "0", "--mode", "overwrite");
    CommandRun passed =
        CommandRun.explain(directory.resolve("in"), output, off.toArray(String[]::new)).done();
    assertThat(passed.out()).contains("All quality gates passed").doesNotContain("sample of ");
  }

  private static JsonNode gateOf(Path output, String name) throws IOException {
    Path manifest = output.resolve("_spark_lrp/manifest.json");
    for (JsonNode gate : new ObjectMapper().readTree(manifest.toFile()).path("gates")) {
      if (gate.path("name").asText().equals(name)) {
        return gate;
      }
    }
    throw new AssertionError("no gate " + name + " in " + Files.readString(manifest));
  }
}
