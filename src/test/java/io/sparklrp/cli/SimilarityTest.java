package io.sparklrp.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.oracle.EditableCheckpoint;
import io.sparklrp.spark.LocalSpark;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** How alike two texts are, by a model that makes a vector of each. */
@ExtendWith(LocalSpark.class)
class SimilarityTest {
  @TempDir Path directory;

  private String model() throws IOException {
    return EditableCheckpoint.tiny(11, directory.resolve("model"))
        .config("architectures", "[\"BertModel\"]")
        .directory()
        .toString();
  }

  private List<Row> explain(String model, String target, String pooling) {
    Path input =
        LocalSpark.write(
            directory.resolve("in-" + target + pooling),
            "n INT, text STRING, other STRING",
            LocalSpark.row(0, "it is a film", "it is a film"),
            LocalSpark.row(1, "it is a film", "the weather was not good at all"),
            LocalSpark.row(2, "the weather was not good at all", "it is a film"),
            LocalSpark.row(3, "it is a film", null));
    Path output = directory.resolve("out-" + target + pooling);
    CommandRun.of(
            "explain",
            "--model",
            model,
            "--input",
            input.toString(),
            "--output",
            output.toString(),
            "--text-pair-column",
            "other",
            "--target",
            target,
            "--pooling",
            pooling)
        .done();
    return LocalSpark.read(output).collectAsList().stream()
        .sorted(Comparator.comparing(row -> row.<Integer>getAs("n")))
        .toList();
  }

  private static double score(Row row) {
    return row.<Row>getAs("target").<Double>getAs("score");
  }

  @Test
  void cosineIsOneOfEqualTextsAndSymmetric() throws IOException {
    String model = model();
    for (String pooling : List.of("mean", "cls", "last")) {
      List<Row> rows = explain(model, "cosine", pooling);
      assertThat(score(rows.get(0))).isCloseTo(1, within(1e-5));
      assertThat(score(rows.get(1))).isCloseTo(score(rows.get(2)), within(1e-5)).isLessThan(1);
      for (Row row : rows.subList(0, 3)) {
        AddsUp.check(row, "text");
        assertThat(AddsUp.relativeResidual(row)).isLessThan(1e-4);
        assertThat(row.<Row>getAs("prediction")).isNull();
      }
      assertThat(rows.get(3).<Row>getAs("error").<String>getAs("kind")).isEqualTo("text-missing");
    }
  }

  @Test
  void productOfEqualTextsIsPositive() throws IOException {
    List<Row> rows = explain(model(), "dot", "mean");
    assertThat(score(rows.get(0))).isPositive();
    rows.subList(0, 3).forEach(row -> AddsUp.check(row, "text"));
  }

  @Test
  void poolingAndSecondTextAreAskedFor() throws IOException {
    String model = model();
    Path input =
        LocalSpark.write(
            directory.resolve("in"), "text STRING, other STRING", LocalSpark.row("a", "b"));
    String[] args = {
      "explain",
      "--model",
      model,
      "--input",
      input.toString(),
      "--output",
      directory.resolve("o").toString()
    };
    CommandRun.of(CommandRun.join(args, "--pooling", "mean")).refused("--text-pair-column");
    CommandRun.of(CommandRun.join(args, "--text-pair-column", "other")).refused("--pooling mean");
  }

  /** What was cut of either text was not compared. */
  @Test
  void eitherTextThatIsCutIsTruncated() throws IOException {
    String longer = "the weather was not good at all ".repeat(10);
    Path input =
        LocalSpark.write(
            directory.resolve("in"),
            "n INT, text STRING, other STRING",
            LocalSpark.row(0, "it is a film", "it is a film"),
            LocalSpark.row(1, "it is a film", longer),
            LocalSpark.row(2, longer, "it is a film"),
            LocalSpark.row(3, longer, longer));
    Path output = directory.resolve("out");
    String[] args = {
      "explain",
      "--model",
      model(),
      "--input",
      input.toString(),
      "--output",
      output.toString(),
      "--text-pair-column",
      "other",
      "--pooling",
      "mean"
    };
    CommandRun.of(args).done();
    List<Row> rows = LocalSpark.read(output).orderBy("n").collectAsList();
    assertThat(rows.stream().map(row -> row.<Boolean>getAs("truncated")))
        .containsExactly(false, true, true, true);
    rows.forEach(row -> assertThat(row.<Row>getAs("error")).isNull());
  }
}
