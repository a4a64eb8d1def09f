package io.sparklrp.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.oracle.UserMessage;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelConfigTest {
  @TempDir Path directory;

  private Path file() {
    return directory.resolve("config.json");
  }

  private ModelConfig config(String json) throws IOException {
    Files.writeString(file(), json);
    return ModelConfig.read(file());
  }

  private ModelConfig with(String value) throws IOException {
    return config("{\"key\": " + value + "}");
  }

  @Test
  void missingFileIsNamed() {
    UserMessage.of(() -> ModelConfig.read(file())).contains(directory.toString(), "config.json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "no JSON", "{\"a\": 1} {}", "{\"a\": 1, \"a\": 2}", "[1]", "3"})
  void whatIsNoJsonObjectIsRefused(String content) {
    UserMessage.of(() -> config(content)).contains(file().toString(), "JSON");
  }

  @Test
  void lineOfTheFirstMistakeIsTold() {
    UserMessage.of(() -> config("{\n\"a\": 1,\n\"b\" 2}")).contains("line 3");
  }

  @Test
  void fileOverTheLimitIsNotRead() throws IOException {
    try (RandomAccessFile sparse = new RandomAccessFile(file().toFile(), "rw")) {
      sparse.setLength(1L << 40);
    }
    UserMessage.of(() -> ModelConfig.read(file())).contains(file().toString(), "1099511627776");
  }

  @Test
  void missingModelTypeIsToldAndWhatItIsReadFrom() throws IOException {
    for (String json : new String[] {"{}", "{\"model_type\": null}", "{\"model_type\": \"\"}"}) {
      UserMessage.of(config(json)::modelType).contains(file().toString(), "no model_type");
    }
    assertThat(config("{\"model_type\": \"bert\"}").modelType()).isEqualTo("bert");
  }

  @Test
  void absentAndNullGiveTheDefault() throws IOException {
    for (ModelConfig config : new ModelConfig[] {config("{}"), with("null")}) {
      assertThat(config.has("key")).isFalse();
      assertThat(config.integer("key", 7)).isEqualTo(7);
      assertThat(config.decimal("key", 0.5)).isEqualTo(0.5);
      assertThat(config.text("key", "d")).isEqualTo("d");
      assertThat(config.bool("key", true)).isTrue();
    }
  }

  @Test
  void valuesAreRead() throws IOException {
    assertThat(with("12").integer("key", 7)).isEqualTo(12);
    assertThat(with("1e-12").decimal("key", 7)).isEqualTo(1e-12);
    assertThat(with("1").decimal("key", 7)).isEqualTo(1);
    assertThat(with("\"gelu\"").text("key", "")).isEqualTo("gelu");
    assertThat(with("false").bool("key", true)).isFalse();
  }

  private static void refused(ModelConfig config, Runnable read) {
    UserMessage.of(read::run).contains("config.json", "key is not");
    assertThat(config.has("key")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"-1", "0", "1.5", "12.0", "\"12\"", "true", "[]", "{}", "2147483648", "1e3"})
  void wholeNumbersMustBePositiveOnes(String value) throws IOException {
    ModelConfig config = with(value);
    refused(config, () -> config.integer("key", 7));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"1e-12\"", "true", "[]", "1e400", "-1e400"})
  void numbersMustBeFiniteOnes(String value) throws IOException {
    ModelConfig config = with(value);
    refused(config, () -> config.decimal("key", 7));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1", "[]", "{\"type\": \"gelu\"}", "false", "\"two\\nlines\"", "\"\\u001b[2J\""})
  void textsMustBeTextsOfOneLine(String value) throws IOException {
    ModelConfig config = with(value);
    refused(config, () -> config.text("key", ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "\"true\"", "[]"})
  void truthValuesMustBeSuch(String value) throws IOException {
    ModelConfig config = with(value);
    refused(config, () -> config.bool("key", true));
  }

  @Test
  void labelsAreInTheOrderOfTheirNumbers() throws IOException {
    assertThat(config("{\"id2label\": {\"1\": \"b\", \"2\": \"c\", \"0\": \"a\"}}").labels())
        .containsExactly("a", "b", "c");
  }

  @Test
  void labelsWithoutNamesAreNumbered() throws IOException {
    assertThat(config("{}").labels()).containsExactly("LABEL_0", "LABEL_1");
    assertThat(config("{\"num_labels\": 3}").labels())
        .containsExactly("LABEL_0", "LABEL_1", "LABEL_2");
    assertThat(config("{\"num_labels\": 5, \"id2label\": {\"0\": \"only\"}}").labels())
        .containsExactly("only");
    assertThat(config("{\"id2label\": {\"0\": 1, \"1\": true}}").labels())
        .containsExactly("1", "true");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "[\"a\", \"b\"]",
        "\"a\"",
        "{\"0\": \"a\", \"2\": \"c\"}",
        "{\"1\": \"b\"}",
        "{\"00\": \"a\"}",
        "{\"-1\": \"a\", \"0\": \"b\"}",
        "{\"0\": null}",
        "{\"0\": {}}",
        "{\"a\": \"0\"}"
      })
  void labelMapsWithGapsAreRefused(String map) throws IOException {
    ModelConfig config = config("{\"id2label\": " + map + "}");
    UserMessage.of(config::labels).contains(file().toString(), "id2label");
  }

  /** A list of that many names would fill the memory. */
  @ParameterizedTest
  @ValueSource(strings = {"2147483647", "1000001", "0", "-3"})
  void unlikelyNumbersOfLabelsAreRefused(String count) throws IOException {
    ModelConfig config = config("{\"num_labels\": " + count + "}");
    UserMessage.of(config::labels).contains(file().toString(), "num_labels");
  }

  @Test
  void architecturesAreReadWhereTheyAreGiven() throws IOException {
    assertThat(config("{}").architectures()).isEmpty();
    assertThat(config("{\"architectures\": [\"BertForMaskedLM\"]}").architectures())
        .containsExactly("BertForMaskedLM");
  }

  @Test
  void fileThatNeedNotBeThereIsNothing() throws IOException {
    assertThat(ModelConfig.readIfPresent(file())).isEmpty();
    Files.writeString(file(), "{\"key\": 3}");
    ModelConfig config = ModelConfig.readIfPresent(file()).orElseThrow();
    assertThat(config.integer("key", 7)).isEqualTo(3);
    assertThat(config.file()).isEqualTo(file());
    Files.writeString(file(), "[]");
    UserMessage.of(() -> ModelConfig.readIfPresent(file())).contains(file().toString());
  }

  @Test
  void codesMayBeZero() throws IOException {
    assertThat(with("0").count("key", 7)).isZero();
    assertThat(with("null").count("key", 7)).isEqualTo(7);
    for (String value : new String[] {"-1", "0.5", "\"0\"", "4294967296"}) {
      ModelConfig config = with(value);
      refused(config, () -> config.count("key", 7));
    }
  }

  @Test
  void listsOfNumbersAreRead() throws IOException {
    assertThat(with("[1, 2.5]").decimals("key", 7, 8)).containsExactly(1, 2.5);
    assertThat(with("3").decimals("key", 7, 8)).containsExactly(3, 3);
    assertThat(with("null").decimals("key", 7, 8)).containsExactly(7, 8);
    for (String value : new String[] {"[1]", "[1, 2, 3]", "[1, \"2\"]", "{}", "[1, 1e400]"}) {
      ModelConfig config = with(value);
      refused(config, () -> config.decimals("key", 7, 8));
    }
  }

  @Test
  void sectionsAreRead() throws IOException {
    assertThat(with("{\"inner\": 3}").section("key").orElseThrow().integer("inner", 7))
        .isEqualTo(3);
    assertThat(with("3").section("key")).isEmpty();
    assertThat(config("{}").section("key")).isEmpty();
    assertThat(with("[]").isList("key")).isTrue();
    assertThat(with("{}").isList("key")).isFalse();
  }

  @Test
  void countsMayBeZeroAndSignedNumbersBelow() throws IOException {
    assertThat(with("0").count("key", 7)).isZero();
    assertThat(with("null").count("key", 7)).isEqualTo(7);
    assertThat(with("-1").signed("key", 7)).isEqualTo(-1);
    assertThat(with("null").signed("key", 7)).isEqualTo(7);
    for (String value : new String[] {"-1", "0.0", "\"0\"", "true", "[]", "2147483648"}) {
      ModelConfig config = with(value);
      refused(config, () -> config.count("key", 7));
    }
    for (String value : new String[] {"1.0", "\"-1\"", "false", "{}", "-2147483649"}) {
      ModelConfig config = with(value);
      refused(config, () -> config.signed("key", 7));
    }
  }

  @Test
  void listsOfTextsAreRead() throws IOException {
    assertThat(with("[\"a\", \"b|c\"]").texts("key")).containsExactly("a", "b|c");
    assertThat(with("[\"a\", \"b|c\"]").textsOrSplit("key", "\\|")).containsExactly("a", "b|c");
    assertThat(with("\"a|b\"").textsOrSplit("key", "\\|")).containsExactly("a", "b");
    assertThat(with("null").texts("key")).isEmpty();
    assertThat(config("{}").textsOrSplit("key", "\\|")).isEmpty();
    for (String value : new String[] {"1", "{}", "[1]", "[null]", "[[]]", "[\"two\\nlines\"]"}) {
      ModelConfig config = with(value);
      refused(config, () -> config.texts("key"));
      refused(config, () -> config.textsOrSplit("key", "\\|"));
    }
    ModelConfig text = with("\"a\"");
    refused(text, () -> text.texts("key"));
    ModelConfig lines = with("\"two\\nlines\"");
    refused(lines, () -> lines.textsOrSplit("key", "\\|"));
  }

  @Test
  void objectsInsideAreReadWithTheSameChecks() throws IOException {
    ModelConfig child = with("{\"inner\": -3}").child("key").orElseThrow();
    assertThat(child.signed("inner", 7)).isEqualTo(-3);
    UserMessage.of(() -> child.count("inner", 7)).contains(file().toString(), "inner");
    assertThat(with("null").child("key")).isEmpty();
    assertThat(config("{}").child("key")).isEmpty();
    for (String value : new String[] {"1", "[]", "\"a\"", "false"}) {
      ModelConfig config = with(value);
      refused(config, () -> config.child("key"));
    }
  }

  @Test
  void whatIsSwitchedOffIsToldFromWhatIsLeftOut() throws IOException {
    assertThat(with("null").isNull("key")).isTrue();
    assertThat(with("0").isNull("key")).isFalse();
    assertThat(config("{}").isNull("key")).isFalse();
  }
}
