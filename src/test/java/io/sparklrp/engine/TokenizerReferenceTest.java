package io.sparklrp.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparklrp.checkpoint.TokenizerFile;
import io.sparklrp.error.RecordException;
import io.sparklrp.oracle.GoldenFixture;
import io.sparklrp.record.EncodedText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A directory means what Hugging Face's AutoTokenizer makes of it: ids, token types, offsets, which
 * tokens are special, and what is cut off, for every setting and text of {@code
 * scripts/tokenizer-reference}.
 */
class TokenizerReferenceTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path REFERENCE = Path.of("src", "test", "resources", "tokenizer");
  private static final List<String> FILES =
      List.of("config.json", "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json");

  @TempDir Path parent;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "albert-seqcls",
        "bert-seqcls",
        "bert-tokcls",
        "camembert-seqcls",
        "deberta-v2-seqcls",
        "distilbert-seqcls",
        "electra-seqcls",
        "gemma2-clm",
        "gemma3-clm",
        "gpt2-clm",
        "gpt2-seqcls",
        "llama-clm",
        "llama-clm-tied",
        "llama31-clm",
        "mistral-clm",
        "modernbert-seqcls",
        "mpnet-seqcls",
        "phi3-clm",
        "qwen2-clm",
        "qwen3-clm",
        "roberta-seqcls",
        "t5-tokcls",
        "xlmr-seqcls"
      })
  void directoryMeansWhatAutoTokenizerMakesOfIt(String fixture) throws IOException {
    JsonNode all = JSON.readTree(REFERENCE.resolve("settings.json").toFile());
    JsonNode expected = JSON.readTree(REFERENCE.resolve(fixture + ".json").toFile());
    List<String> differences = new ArrayList<>();
    int compared = 0;
    ObjectNode settings = all.get("settings").deepCopy();
    all.path("classes")
        .path(fixture)
        .properties()
        .forEach(own -> settings.set(own.getKey(), own.getValue()));
    for (Map.Entry<String, JsonNode> setting : settings.properties()) {
      Path directory = Files.createDirectory(parent.resolve(setting.getKey()));
      change(GoldenFixture.of(fixture).directory(), setting.getValue(), directory);
      JsonNode wanted = expected.get("settings").get(setting.getKey());
      JsonNode found = found(directory, all.get("texts"), all.get("length").asInt());
      assertThat(found.get("max_length")).as(setting.getKey()).isEqualTo(wanted.get("max_length"));
      for (int i = 0; i < wanted.get("results").size(); i++) {
        compared++;
        JsonNode result = expected.get("results").get(wanted.get("results").get(i).asInt());
        if (!found.get("results").get(i).equals(result)) {
          differences.add(
              setting.getKey() + " " + i + "\n" + result + "\n" + found.get("results").get(i));
        }
      }
    }
    assertThat(compared).isEqualTo(settings.size() * all.get("texts").size());
    assertThat(differences).as("of " + compared).isEmpty();
  }

  private static void change(Path source, JsonNode setting, Path directory) throws IOException {
    for (String name : FILES) {
      Files.copy(source.resolve(name), directory.resolve(name));
    }
    for (JsonNode name : setting.path("delete")) {
      Files.delete(directory.resolve(name.asText()));
    }
    for (Map.Entry<String, JsonNode> file : setting.path("write").properties()) {
      JSON.writeValue(directory.resolve(file.getKey()).toFile(), file.getValue());
    }
    for (Map.Entry<String, JsonNode> file : setting.path("without").properties()) {
      ObjectNode content = read(directory, file.getKey());
      file.getValue().forEach(key -> content.remove(key.asText()));
      JSON.writeValue(directory.resolve(file.getKey()).toFile(), content);
    }
    for (Map.Entry<String, JsonNode> file : setting.path("set").properties()) {
      ObjectNode content = read(directory, file.getKey());
      content.setAll((ObjectNode) file.getValue());
      JSON.writeValue(directory.resolve(file.getKey()).toFile(), content);
    }
  }

  private static ObjectNode read(Path directory, String file) throws IOException {
    return (ObjectNode) JSON.readTree(directory.resolve(file).toFile());
  }

  private static JsonNode found(Path directory, JsonNode texts, int longest) {
    TokenizerFile file = TokenizerFile.read(directory.resolve("tokenizer.json"));
    int length = Math.min(longest, file.maxLength().orElse(longest));
    TokenizerSettings settings = new TokenizerSettings(file.bytes(), length, Integer.MAX_VALUE);
    ObjectNode found = JSON.createObjectNode();
    file.maxLength()
        .ifPresentOrElse(max -> found.put("max_length", max), () -> found.putNull("max_length"));
    ArrayNode results = found.putArray("results");
    try (TextTokenizer tokenizer =
        new TextTokenizer(file.givesTypes() ? settings : settings.withoutTypes())) {
      for (JsonNode text : texts) {
        results.add(result(tokenizer.encode(text.path(0).asText(), text.path(1).asText(null))));
      }
    } catch (RecordException e) {
      throw new AssertionError(e);
    }
    return found;
  }

  private static JsonNode result(EncodedText text) throws RecordException {
    ArrayNode ids = JSON.createArrayNode();
    ArrayNode types = JSON.createArrayNode();
    ArrayNode offsets = JSON.createArrayNode();
    StringBuilder special = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      ids.add((int) text.id(i));
      types.add((int) text.typeId(i));
      special.append(text.isSpecial(i) ? 1 : 0);
      if (!text.isSpecial(i)) {
        offsets.add(text.start(i)).add(text.end(i));
      }
    }
    return JSON.createArrayNode()
        .add(ids)
        .add(types)
        .add(special.toString())
        .add(offsets)
        .add(text.isTruncated());
  }
}
