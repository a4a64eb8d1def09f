package io.sparklrp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.spark.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What does not fit the input, the output or the model is refused before any work is done. */
@ExtendWith(LocalSpark.class)
class BadInputTest {
  @TempDir static Path directory;
  private static Path input;

  private final Path output = directory.resolve("out");

  @BeforeAll
  static void writeInput() {
    input =
        LocalSpark.write(
            directory.resolve("in"),
            "id STRING, text STRING, tags ARRAY<STRING>, bytes BINARY",
            LocalSpark.row("r1", "the movie was bad", null, null));
  }

  @AfterEach
  void nothingWasWritten() {
    assertThat(output).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "--text-column body,        no column 'body', It has: 'id'",
        "--text-column txt,         no column 'txt', Give 'text'",
        "--id-column key,           no column 'key', --id-column",
        "--text-pair-column second, no column 'second', --text-pair-column",
        "--text-column tags,        'tags', array<string>",
        "--text-pair-column bytes,  'bytes', binary",
        "--target column:gold,      no column 'gold', --target",
        "--partition-by day,        no column 'day', --partition-by",
        "--columns id,              no column 'text', It has: 'id'",
        "--columns text;nosuch,     nosuch, --columns",
        "--where nosuch=1,          nosuch, --where",
        "--where text===,           Syntax error, --where",
        "--where id,                not a boolean, --where",
        "--method lrpstay,          'lrpstay', Use lrp-stay",
        "--method shap,             'shap', lrp-stay",
        "--target happy,            'happy', LABEL_1",
        "--target 3,                '3', LABEL_1",
        "--target contrast:0:happy, 'contrast:0:happy', LABEL_1",
        "--max-length 41,           3 to 40 tokens, --max-length 41",
        "--max-length 2,            3 to 40 tokens, --max-length 2",
      })
  void anOptionThatDoesNotFit(String option, String problem, String help) {
    String[] nameAndValue = option.replace(';', ',').split(" ", 2);
    CommandRun.explain(input, output, nameAndValue).refused(problem, help);
  }

  @Test
  void aModelThatIsNotThere() {
    model(directory.resolve("nosuch").toString()).refused("nosuch", "no such directory", "demo");
  }

  @Test
  void aModelDirectoryWithoutConfiguration() throws IOException {
    Path empty = Files.createDirectories(directory.resolve("empty"));
    model(empty.toString()).refused("it has no config.json", "checkpoint");
  }

  private CommandRun model(String name) {
    return CommandRun.of(
        "explain", "--model", name, "--input", input.toString(), "--output", output.toString());
  }

  @Test
  void inputThatIsNotThere() {
    CommandRun.explain(directory.resolve("nosuch"), output).refused("nosuch", "--input");
  }

  @Test
  void inputTablesThatAreNotThere() {
    String to = output.toString();
    CommandRun.explainFrom("--input-table", "nosuch", "--output", to).refused("nosuch");
    CommandRun.explainFrom("--input-table", "no name", "--output", to)
        .refused("no name", "Syntax error");
  }

  @Test
  void inputOfAFormatThatIsNone() {
    CommandRun.explain(input, output, "--input-format", "nosuch").refused("nosuch", "format");
  }

  @Test
  void columnsWithOurNames() {
    Path clash =
        LocalSpark.write(
            directory.resolve("clash"),
            "text STRING, Tokens INT, error STRING",
            LocalSpark.row("the movie", 1, "none"));
    CommandRun.explain(clash, output).refused("Tokens, error", "--output-prefix");
    Path prefixed = directory.resolve("prefixed");
    CommandRun.explain(clash, prefixed, "--output-prefix", "p_").done();
    assertThat(Arrays.asList(LocalSpark.read(prefixed).columns()))
        .contains("Tokens", "error", "p_tokens", "p_error");
  }
}
