package io.sparklrp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparklrp.oracle.EditableCheckpoint;
import io.sparklrp.spark.LocalSpark;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A text that the tokenizer itself gives up on is that record's error, and no other's. */
@ExtendWith(LocalSpark.class)
class TokenizerErrorsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SECRET = "电影";

  @TempDir Path directory;

  /** A model whose vocabulary has nothing for what is unknown. */
  private String model(String architecture) throws IOException {
    Path model =
        EditableCheckpoint.tiny(5, directory.resolve("model"))
            .config("architectures", "[\"" + architecture + "\"]")
            .directory();
    Path file = model.resolve("tokenizer.json");
    ObjectNode tokenizer = (ObjectNode) JSON.readTree(file.toFile());
    ObjectNode vocabulary = (ObjectNode) tokenizer.get("model").get("vocab");
    vocabulary.set("[unused]", vocabulary.remove("[UNK]"));
    ArrayNode added = (ArrayNode) tokenizer.get("added_tokens");
    for (int i = added.size() - 1; i >= 0; i--) {
      if (added.get(i).get("content").asText().equals("[UNK]")) {
        added.remove(i);
      }
    }
    JSON.writeValue(file.toFile(), tokenizer);
    return model.toString();
  }

  @ParameterizedTest
  @CsvSource({
    "BertForSequenceClassification, ",
    "BertForSequenceClassification, --text-pair-column other",
    "BertForSequenceClassification, --stride 2",
    "BertModel, --text-pair-column other --pooling mean",
  })
  void isTheRecordsError(String architecture, String options) throws IOException {
    boolean isPair = options != null && options.contains("other");
    Path input =
        LocalSpark.write(
            directory.resolve("in"),
            "n INT, text STRING, other STRING",
            LocalSpark.row(0, "the movie was good", "the movie"),
            LocalSpark.row(1, "the " + SECRET, "the movie"),
            LocalSpark.row(2, "the movie", "was " + SECRET));
    Path output = directory.resolve("out");
    String[] args = {
      "explain",
      "--model",
      model(architecture),
      "--input",
      input.toString(),
      "--output",
      output.toString()
    };
    String[] more = options == null ? new String[0] : options.split(" ");
    CommandRun.of(CommandRun.join(args, more)).done();
    List<Row> rows = LocalSpark.read(output).orderBy("n").collectAsList();
    assertThat(rows.get(0).<Row>getAs("error")).isNull();
    check(rows.get(1));
    if (isPair) {
      check(rows.get(2));
    } else {
      assertThat(rows.get(2).<Row>getAs("error")).isNull();
    }
  }

  private static void check(Row row) {
    Row error = row.getAs("error");
    assertThat(error.<String>getAs("kind")).isEqualTo("tokenizer");
    assertThat(error.<String>getAs("message")).contains("unknown").doesNotContain(SECRET);
  }
}
