package io.sparklrp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.spark.LocalSpark;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Columns that name the outputs of records, of every type that they may have. */
@ExtendWith(LocalSpark.class)
class TargetColumnTest {
  @TempDir Path directory;

  /** The index that each value means, or the kind of its error. */
  private List<String> explained(String model, String text, String type, String... values) {
    Path input = directory.resolve("in");
    List<String> selects = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      selects.add(
          String.format(
              "select %d as n, '%s' as text, cast(%s as %s) as gold", i, text, values[i], type));
    }
    LocalSpark.session()
        .sql(String.join(" union all ", selects))
        .coalesce(1)
        .write()
        .parquet(input.toString());
    Path output = directory.resolve("out");
    CommandRun run =
        CommandRun.of(
            "explain",
            "--model",
            model,
            "--input",
            input.toString(),
            "--output",
            output.toString(),
            "--target",
            "column:gold");
    if (LocalSpark.read(output).where("error is null").isEmpty()) {
      run.ended(ExitCode.QUALITY, "none of " + values.length);
    } else {
      run.done();
    }
    return LocalSpark.read(output).orderBy("n").collectAsList().stream()
        .map(TargetColumnTest::outcome)
        .toList();
  }

  private static String outcome(Row row) {
    Row error = row.getAs("error");
    return error == null
        ? row.<Row>getAs("target").<Integer>getAs("index").toString()
        : error.getAs("kind");
  }

  /** As pandas writes whole numbers where one is missing. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "double | 1.0, null, 2.0, 1.5, 3, 'NaN' | 1, target-missing, 2, unknown-target, unknown-target, target-missing",
        "float | 1.0, null, 'NaN' | 1, target-missing, target-missing",
        "decimal(10,2) | 1.00, null, 0.50, 2 | 1, target-missing, unknown-target, 2",
        "bigint | 1, null, -1 | 1, target-missing, unknown-target",
        "tinyint | 2 | 2",
        "string | '1.0', null, '2', 'LABEL_0', '', 'index:1', 'label:LABEL_2', '1.5' | 1, target-missing, 2, 0, unknown-target, 1, 2, unknown-target",
        "boolean | true, null | unknown-target, target-missing",
        "date | '2024-01-01' | unknown-target"
      })
  void numbersNameOutputsHoweverTheyAreStored(String type, String values, String outcomes) {
    assertThat(explained(CommandRun.TINY_MODEL, "the movie was bad", type, values.split(", ")))
        .containsExactly(outcomes.split(", "));
  }

  /** In a language model a number is a token's, and a text is the token itself. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "int | 42, null, 899, 900, -1 | 42, target-missing, 899, unknown-target, unknown-target",
        "double | 42.0, 1.5 | 42, unknown-target",
        "string | 'id:42', 'id:900', 'good movie' | 42, unknown-target, unknown-target"
      })
  void numbersNameTokens(String type, String values, String outcomes) {
    String model = "src/test/resources/golden/bert-mlm";
    assertThat(explained(model, "it is a [MASK] film", type, values.split(", ")))
        .containsExactly(outcomes.split(", "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"array(1)", "map('a', 1)", "named_struct('a', 1)", "cast('a' as binary)"})
  void whatHasNoTextIsRefused(String value) {
    Path input = directory.resolve("in");
    LocalSpark.session()
        .sql("select 'bad' as text, " + value + " as gold")
        .write()
        .parquet(input.toString());
    CommandRun.explain(input, directory.resolve("out"), "--target", "column:gold")
        .refused("column 'gold'", "its type is", "names or numbers");
  }

  /** Every mask has a row of its own, which tells where it is. */
  @Test
  void everyMaskHasARow() {
    Path input =
        LocalSpark.write(
            directory.resolve("in"),
            "n INT, text STRING",
            LocalSpark.row(0, "a [MASK] film"),
            LocalSpark.row(1, "it is a [MASK] [MASK] film, [MASK]"),
            LocalSpark.row(2, "none"));
    for (String target : List.of("mask", "mask:id:42", "top:2", "contrast:id:41:id:42")) {
      Path output = directory.resolve("out-" + target.replace(':', '-'));
      CommandRun.of(
              "explain",
              "--model",
              "src/test/resources/golden/bert-mlm",
              "--input",
              input.toString(),
              "--output",
              output.toString(),
              "--target",
              target)
          .done();
      List<Row> rows = LocalSpark.read(output).collectAsList();
      int each = target.equals("top:2") ? 2 : 1;
      assertThat(Stream.of(0, 1, 2).map(n -> of(rows, n).size()).toList())
          .as(target)
          .containsExactly(each, 3 * each, 1);
      rows.stream()
          .filter(row -> row.getAs("error") == null)
          .forEach(row -> AddsUp.check(row, "text"));
      assertThat(outcome(of(rows, 2).get(0))).isEqualTo("mask");
      assertThat(label(of(rows, 0).get(0))).doesNotContain("token:");
      List<String> places =
          of(rows, 1).stream()
              .map(row -> label(row).replaceFirst("(token:\\d+):.*", "$1"))
              .toList();
      assertThat(places).as(target).isEqualTo(places(of(rows, 1).get(0), each));
    }
  }

  /** Where the masks are, in their order, for so many targets each. */
  private static List<String> places(Row row, int each) {
    List<Row> tokens = row.getList(row.fieldIndex("tokens"));
    List<String> places = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.get(i).<String>getAs("token").equals("[MASK]")) {
        places.addAll(Collections.nCopies(each, "token:" + i));
      }
    }
    assertThat(places).hasSize(3 * each);
    return places;
  }

  private static List<Row> of(List<Row> rows, int n) {
    return rows.stream().filter(row -> row.<Integer>getAs("n") == n).toList();
  }

  private static String label(Row row) {
    return row.<Row>getAs("target").getAs("label");
  }

  /** Each of several masks is explained as it is alone among the same tokens. */
  @Test
  void aMasksRowIsThatOfItsOwnPrediction() {
    Path input =
        LocalSpark.write(
            directory.resolve("in"), "text STRING", LocalSpark.row("a [MASK] film [MASK]"));
    Path output = directory.resolve("out");
    CommandRun.of(
            "explain",
            "--model",
            "src/test/resources/golden/bert-mlm",
            "--input",
            input.toString(),
            "--output",
            output.toString())
        .done();
    List<Row> rows = LocalSpark.read(output).collectAsList();
    assertThat(rows).hasSize(2);
    for (Row row : rows) {
      Row prediction = row.getAs("prediction");
      assertThat(prediction.<Integer>getAs("index"))
          .isEqualTo(row.<Row>getAs("target").<Integer>getAs("index"));
      List<Float> logits = prediction.getList(prediction.fieldIndex("logits"));
      assertThat(row.<Row>getAs("target").<Double>getAs("score"))
          .isEqualTo((double) logits.get(prediction.<Integer>getAs("index")));
    }
    assertThat(Arrays.asList(label(rows.get(0)), label(rows.get(1))))
        .allMatch(label -> label.startsWith("token:"));
  }

  /** The text is Spark's cast, which is not what Java writes, and the column stays what it is. */
  @Test
  void numbersAreReadAsTexts() {
    Path input = directory.resolve("in");
    LocalSpark.session()
        .sql("select cast(1.50 as decimal(10,2)) as text, timestamp'2024-02-03 04:05:06' as pair")
        .write()
        .parquet(input.toString());
    Path output = directory.resolve("out");
    CommandRun.explain(input, output, "--text-pair-column", "pair").done();
    Row row = LocalSpark.read(output).collectAsList().get(0);
    assertThat(row.<Object>getAs("text")).isEqualTo(new java.math.BigDecimal("1.50"));
    assertThat(row.<Object>getAs("pair"))
        .isEqualTo(java.sql.Timestamp.valueOf("2024-02-03 04:05:06"));
    assertThat(LocalSpark.read(output).columns())
        .doesNotContain("_text_of_text")
        .startsWith("text", "pair");
    List<Row> words = row.getList(row.fieldIndex("words"));
    assertThat(words.stream().map(word -> word.<String>getAs("word")).collect(Collectors.joining()))
        .isEqualTo("1.502024-02-0304:05:06");
  }

  /** A table of one row for token types, and pairs: the job goes on. */
  @Test
  void pairsThatTheModelHasNoTypeFor() {
    Path input =
        LocalSpark.write(
            directory.resolve("in"),
            "n INT, text STRING, pair STRING",
            LocalSpark.row(0, "the film", "was good"),
            LocalSpark.row(1, "a", "b"));
    String model = "src/test/resources/cases/types-1-pair";
    String[] args = {"explain", "--model", model, "--input", input.toString(), "--output"};
    Path pairs = directory.resolve("pairs");
    CommandRun.of(CommandRun.join(args, pairs.toString(), "--text-pair-column", "pair"))
        .ended(ExitCode.QUALITY, "none of 2 records was explained; 2 failed by token-type");
    assertThat(LocalSpark.read(pairs).collectAsList())
        .extracting(TargetColumnTest::outcome)
        .containsExactly("token-type", "token-type");
    Path alone = directory.resolve("alone");
    CommandRun.of(CommandRun.join(args, alone.toString())).done();
    assertThat(LocalSpark.read(alone).where("error is null").count()).isEqualTo(2);
  }

  /** A label that is called 1 elsewhere is taken for the output of that number: it is said. */
  @Test
  void whatValuesBecameIsSaid() {
    Path input =
        LocalSpark.write(
            directory.resolve("in"),
            "text STRING, gold STRING",
            LocalSpark.row("the movie", "1"),
            LocalSpark.row("the film", "1"),
            LocalSpark.row("a film", "LABEL_0"),
            LocalSpark.row("no film", "nothing"));
    Path output = directory.resolve("out");
    String out = CommandRun.explain(input, output, "--target", "column:gold").done().out();
    assertThat(out)
        .contains(
            "Targets by column 'gold': 1 -> LABEL_1 (2 records), LABEL_0 -> LABEL_0 (1 record),"
                + " others -> no label (1 record).",
            "Numbers were taken for the places of the model's labels");
  }
}
