package io.sparklrp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.spark.LocalSpark;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Which records are explained, which of their columns are kept, and what is taken for text. */
@ExtendWith(LocalSpark.class)
class InputSelectionTest {
  @TempDir Path directory;
  private Path input;
  private Path output;

  @BeforeEach
  void writeInput() {
    output = directory.resolve("out");
    input =
        LocalSpark.write(
            directory.resolve("in"),
            "id INT, text STRING, stars INT, `review.title` STRING",
            LocalSpark.row(1, "the movie was bad", 1, "Not for me"),
            LocalSpark.row(2, "the food was cold", 2, "Never again"),
            LocalSpark.row(3, "wonderful", 5, "Go!"));
  }

  private List<Row> rows(String... columns) {
    return LocalSpark.read(output).orderBy("id").selectExpr(columns).collectAsList();
  }

  @Test
  void columnsAreKeptInTheOrderAsked() {
    CommandRun.explain(input, output, "--columns", "text,id").done();
    assertThat(LocalSpark.read(output).columns()).startsWith("text", "id", "prediction");
  }

  @Test
  void aConditionMayUseColumnsThatAreNotKept() {
    CommandRun.explain(input, output, "--columns", "id,text", "--where", "stars < 3").done();
    assertThat(rows("id")).containsExactly(LocalSpark.row(1), LocalSpark.row(2));
  }

  @Test
  void aLimitHolds() {
    CommandRun run = CommandRun.explain(input, output, "--limit", "2", "--on-error", "fail").done();
    assertThat(run.out()).startsWith("Explained 2 records (0 errors, ");
    assertThat(rows("id")).hasSize(2);
  }

  @Test
  void aColumnWithADotInItsNameIsText() {
    CommandRun.explain(input, output, "--text-column", "review.title", "--where", "id = 3").done();
    assertThat(rows("concat_ws(' ', words.word)")).containsExactly(LocalSpark.row("Go !"));
  }

  @Test
  void numbersAreTextToo() {
    CommandRun.explain(input, output, "--text-column", "stars", "--where", "id = 3").done();
    assertThat(rows("words[0].word")).containsExactly(LocalSpark.row("5"));
  }

  @Test
  void theTextIsCutAtTheLengthAsked() {
    CommandRun.explain(input, output, "--max-length", "4").done();
    assertThat(rows("id", "truncated", "size(tokens)"))
        .containsExactly(
            LocalSpark.row(1, true, 4), LocalSpark.row(2, true, 4), LocalSpark.row(3, false, 4));
  }
}
