package io.sparklrp.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.oracle.GoldenFixture;
import io.sparklrp.oracle.UserMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenizerFileTest {
  @TempDir Path directory;

  private Path file() {
    return directory.resolve("tokenizer.json");
  }

  private TokenizerFile read(String json) throws IOException {
    Files.writeString(file(), json);
    return TokenizerFile.read(file());
  }

  @Test
  void missingFileIsNamed() {
    UserMessage.of(() -> TokenizerFile.read(file()))
        .contains(directory.toString(), "tokenizer.json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{\"model\": "})
  void whatIsNoJsonObjectIsRefused(String content) {
    UserMessage.of(() -> read(content)).contains(file().toString(), "JSON");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{} | -1",
        "{\"model\": {\"vocab\": {}}} | -1",
        "{\"model\": {\"vocab\": {\"a\": 3, \"b\": 1}}} | 3",
        "{\"model\": {\"vocab\": {\"a\": 3}}, \"added_tokens\": [{\"id\": 2}, {\"id\": 5}]} | 3",
        "{\"model\": {\"vocab\": {\"a\": 3}}, \"added_tokens\": [{\"id\": 2}]} | 3",
        "{\"model\": {\"vocab\": [[\"a\", -1.5], [\"b\", -2.5]]}} | 1",
        "{\"model\": {\"vocab\": [[\"a\", -1.5]]}, \"added_tokens\": [{\"id\": 1}]} | 0"
      })
  void largestIdIsThatOfTheVocabularyAlone(String json, long largest) throws IOException {
    assertThat(read(json).largestId()).isEqualTo(largest);
  }

  @Test
  void bytesAreThoseOfTheFileAndNobodyElses() throws IOException {
    String json = "{\"model\": {\"vocab\": {\"ü\": 0}}}";
    TokenizerFile tokenizer = read(json);
    tokenizer.bytes()[0] = 0;
    assertThat(tokenizer.bytes()).isEqualTo(json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void fixturesTokenizerEndsWithItsVocabulary() {
    assertThat(GoldenFixture.of("bert-seqcls").checkpoint().tokenizer().orElseThrow().largestId())
        .isEqualTo(899);
  }

  @ParameterizedTest
  @CsvSource({
    "good, false, 1",
    "good, true, 2",
    "' good', false, 2",
    "bad, false, 3",
    "4, false, 4",
    "9, false, -1",
    "none, false, -1",
    "beyond, false, -1"
  })
  void tokenIsFoundByItsTextOrBehindABlank(String text, boolean followsText, int id)
      throws IOException {
    String json =
        "{\"model\": {\"vocab\": {\"a\": 0, \"good\": 1, \"\u0120good\": 2, \"\u2581bad\": 3,"
            + " \"b\": 4, \"c\": 5}}, \"added_tokens\": [{\"id\": 6, \"content\": \"beyond\"}]}";
    assertThat(read(json).idOf(text, 6, followsText).orElse(-1)).isEqualTo(id);
  }
}
