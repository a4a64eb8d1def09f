package io.sparklrp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.spark.LocalSpark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts longer than the model reads. */
@ExtendWith(LocalSpark.class)
class StrideTest {
  private static final String GOLDEN = "src/test/resources/golden/";

  @TempDir Path directory;

  @Test
  void longTextsAreReadWhole() throws Exception {
    String text = "the movie was 🎉 not bad at all ! ".repeat(30).strip();
    Path input =
        LocalSpark.write(
            directory.resolve("in"),
            "id INT, text STRING",
            LocalSpark.row(1, text),
            LocalSpark.row(2, "the movie"),
            LocalSpark.row(3, " "));
    Path output = directory.resolve("out");
    CommandRun.explain(input, output, "--max-length", "20", "--stride", "6").done();
    List<Row> rows = LocalSpark.read(output).orderBy("id").collectAsList();
    assertThat(rows).hasSize(3);
    assertThat(rows.get(2).<Row>getAs("error").<String>getAs("kind")).isEqualTo("text-blank");
    for (Row row : rows.subList(0, 2)) {
      AddsUp.check(row, "text");
      assertThat(AddsUp.relativeResidual(row)).isLessThan(1e-5);
      assertThat(row.<Boolean>getAs("truncated")).isFalse();
      List<Row> tokens = row.getList(row.fieldIndex("tokens"));
      assertThat(tokens.stream().filter(token -> token.<Boolean>getAs("special"))).hasSize(2);
    }
    List<Row> words = rows.get(0).getList(rows.get(0).fieldIndex("words"));
    assertThat(words).hasSize(30 * 9);
    assertThat(words.get(words.size() - 6).<String>getAs("word")).isEqualTo("🎉");
    assertThat(Files.readString(output.resolve("_spark_lrp/manifest.json")))
        .containsPattern("\"stride\"\\s*:\\s*\"6\"");
  }

  /** Of texts, pairs and pictures, so that nothing but the stride is wrong. */
  private String anyInput() {
    return LocalSpark.write(
            directory.resolve("in"),
            "text STRING, pair STRING, image BINARY",
            LocalSpark.row("the movie", "was bad", new byte[] {1}))
        .toString();
  }

  @ParameterizedTest
  @CsvSource({
    "bert-seqcls, 18, 20, 'Cannot use --stride 18:', 'from 0 to 17'",
    "bert-seqcls, 500, 20, 'Cannot use --stride 500:', 'from 0 to 17'",
    "gpt2-clm, 2, 20, 'Cannot use --stride:', 'Leave it out'",
    "vit-imgcls, 2, , 'Cannot use --stride:', 'Leave it out'",
  })
  void whatCannotBeCutIsRefused(
      String model, String stride, String maxLength, String what, String then) {
    String[] args = {
      "explain",
      "--model",
      GOLDEN + model,
      "--input",
      anyInput(),
      "--stride",
      stride,
      "--output",
      directory.resolve("out").toString()
    };
    String[] more = maxLength == null ? new String[0] : new String[] {"--max-length", maxLength};
    CommandRun.of(CommandRun.join(args, more)).refused(what, then);
  }

  @Test
  void whichOfTwoTextsToCutIsNotGuessed() {
    CommandRun.explainFrom(
            "--input",
            anyInput(),
            "--output",
            directory.resolve("out").toString(),
            "--stride",
            "2",
            "--text-pair-column",
            "pair")
        .refused("Cannot use --stride with --text-pair-column:");
  }
}
