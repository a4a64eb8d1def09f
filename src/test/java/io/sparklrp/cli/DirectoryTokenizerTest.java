package io.sparklrp.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparklrp.spark.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a directory says of its tokenizer is what texts are read by. */
@ExtendWith(LocalSpark.class)
class DirectoryTokenizerTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path RESOURCES = Path.of("src", "test", "resources");
  private static final Path CASES = RESOURCES.resolve("cases");

  @TempDir Path directory;

  private List<Row> explain(Path model, List<Row> rows, String... more) {
    Path input = directory.resolve("in");
    LocalSpark.write(input, "n INT, text STRING, other STRING", rows.toArray(Row[]::new));
    Path output = directory.resolve("out");
    String[] args = {
      "explain",
      "--model",
      model.toString(),
      "--input",
      input.toString(),
      "--output",
      output.toString()
    };
    CommandRun.of(CommandRun.join(args, more)).done();
    return LocalSpark.read(output).orderBy("n").collectAsList();
  }

  private static List<Long> ids(Row row) {
    return row.<Row>getList(row.fieldIndex("tokens")).stream()
        .map(token -> token.<Integer>getAs("id").longValue())
        .toList();
  }

  private static List<Long> longs(JsonNode numbers) {
    List<Long> all = new ArrayList<>();
    numbers.forEach(number -> all.add(number.asLong()));
    return all;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"tokenizer-config-maxlen", "tokenizer-config-left", "tokenizer-config-lower"})
  void caseHasHuggingFacesTokensAndLogits(String name) throws IOException {
    JsonNode records =
        JSON.readTree(CASES.resolve(name).resolve("case.json").toFile()).get("records");
    List<Row> rows =
        explain(
            CASES.resolve(name),
            IntStream.range(0, records.size())
                .mapToObj(i -> LocalSpark.row(i, records.get(i).get("text").asText(), null))
                .toList());
    for (int i = 0; i < records.size(); i++) {
      JsonNode record = records.get(i);
      Row row = rows.get(i);
      assertThat(ids(row)).isEqualTo(longs(record.get("input_ids")));
      assertThat(row.<Boolean>getAs("truncated")).isEqualTo(record.get("truncated").asBoolean());
      List<Float> logits = row.<Row>getAs("prediction").getList(3);
      for (int c = 0; c < logits.size(); c++) {
        assertThat((double) logits.get(c))
            .isCloseTo(record.get("logits").get(c).asDouble(), within(1e-5));
      }
      assertThat(AddsUp.relativeResidual(row)).isLessThan(1e-4);
    }
  }

  /** Where the user says a length, it is the length. */
  @Test
  void askedLengthGoesBeforeTheDirectorys() {
    Path model = CASES.resolve("tokenizer-config-maxlen");
    String text = "the cat sat on the mat . ".repeat(6);
    Row row = explain(model, List.of(LocalSpark.row(0, text, null)), "--max-length", "30").get(0);
    assertThat(ids(row)).hasSize(30);
    assertThat(row.<Boolean>getAs("truncated")).isTrue();
  }

  @Test
  void wordsOfATokenizerWithoutAnyAreTheTexts() {
    List<Row> rows =
        explain(
            CASES.resolve("words-llama"),
            List.of(
                LocalSpark.row(0, "The cat did not like the film.", null),
                LocalSpark.row(1, "  The\tcat\u3000did 🎉not </s> li\nke ", null)));
    assertThat(words(rows.get(0)))
        .containsExactly("The", "cat", "did", "not", "like", "the", "film.");
    assertThat(words(rows.get(1)))
        .containsExactly("The", "cat", "did", "🎉not", "</s>", "li", "ke");
    for (Row row : rows) {
      assertThat(wordsByNumber(row)).isEqualTo(words(row).size());
      assertThat(sum(row, "words")).isCloseTo(sum(row, "tokens"), within(1e-5));
    }
  }

  /** Relevance of the words, or of the tokens that are of the text. */
  private static double sum(Row row, String column) {
    return row.<Row>getList(row.fieldIndex(column)).stream()
        .filter(part -> part.getAs("segment") != null)
        .mapToDouble(AddsUp::relevance)
        .sum();
  }

  private static List<String> words(Row row) {
    return row.<Row>getList(row.fieldIndex("words")).stream()
        .map(word -> word.<String>getAs("word"))
        .toList();
  }

  private static long wordsByNumber(Row row) {
    return row.<Row>getList(row.fieldIndex("tokens")).stream()
        .map(token -> token.<Integer>getAs("word"))
        .filter(word -> word != null)
        .distinct()
        .count();
  }

  static Stream<String> layouts() throws IOException {
    List<String> names = new ArrayList<>();
    reference().get("layouts").fieldNames().forEachRemaining(names::add);
    return names.stream();
  }

  private static JsonNode reference() throws IOException {
    return JSON.readTree(RESOURCES.resolve("tokenizer/sentence-transformers.json").toFile());
  }

  /** Limits, pooling and length of the vectors are those of sentence-transformers. */
  @ParameterizedTest
  @MethodSource("layouts")
  void sentenceTransformersLayoutsMeanTheSameHere(String layout) throws IOException {
    JsonNode texts = reference().get("texts");
    JsonNode expected = reference().get("layouts").get(layout);
    Path model = copy(CASES.resolve("sentence-transformers-6"), directory.resolve("model"));
    change(model, expected.get("change"));
    List<Row> pairs =
        IntStream.range(0, texts.size())
            .mapToObj(
                i -> LocalSpark.row(i, texts.get(i).get(0).asText(), texts.get(i).get(1).asText()))
            .toList();
    List<Row> rows = explain(model, pairs, "--text-pair-column", "other", "--target", "dot");
    for (int i = 0; i < rows.size(); i++) {
      JsonNode pair = expected.get("pairs").get(i);
      assertThat(ids(rows.get(i))).isEqualTo(longs(pair.get("ids")));
      assertThat(rows.get(i).<Boolean>getAs("truncated"))
          .isEqualTo(pair.get("truncated").asBoolean());
      double dot = pair.get("dot").asDouble();
      assertThat(rows.get(i).<Row>getAs("target").<Double>getAs("score"))
          .isCloseTo(dot, within(1e-5 * Math.max(1, dot)));
    }
  }

  private static Path copy(Path source, Path target) throws IOException {
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : files.toList()) {
        Files.copy(file, target.resolve(source.relativize(file).toString()));
      }
    }
    return target;
  }

  private static void change(Path model, JsonNode change) throws IOException {
    for (JsonNode name : change.path("delete")) {
      Files.delete(model.resolve(name.asText()));
    }
    for (Map.Entry<String, JsonNode> file : change.path("write").properties()) {
      JSON.writeValue(model.resolve(file.getKey()).toFile(), file.getValue());
    }
    for (Map.Entry<String, JsonNode> file : change.path("set").properties()) {
      Path changed = model.resolve(file.getKey());
      ObjectNode content = (ObjectNode) JSON.readTree(changed.toFile());
      content.setAll((ObjectNode) file.getValue());
      JSON.writeValue(changed.toFile(), content);
    }
  }
}
