package io.sparklrp.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.oracle.UserMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a directory says of its tokenizer, and what is refused of it. */
class EffectiveTokenizerTest {
  private static final String WORD_PIECE =
      "{\"normalizer\": {\"type\": \"BertNormalizer\", \"lowercase\": false}, \"model\": {\"type\":"
          + " \"WordPiece\", \"unk_token\": \"[UNK]\", \"vocab\": {\"[UNK]\": 0, \"[CLS]\": 1, \"[SEP]\": 2,"
          + " \"ü\": 3}}}";

  @TempDir Path directory;

  private TokenizerFile read(String file, String config) throws IOException {
    Files.writeString(directory.resolve("tokenizer.json"), file);
    if (config != null) {
      Files.writeString(directory.resolve("tokenizer_config.json"), config.replace('\'', '"'));
    }
    return TokenizerFile.read(directory.resolve("tokenizer.json"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{'model_max_length': 0} | model_max_length",
        "{'model_max_length': -5} | model_max_length",
        "{'model_max_length': 12.5} | model_max_length",
        "{'model_max_length': '512'} | model_max_length",
        "{'truncation_side': 'both'} | truncation_side",
        "{'model_input_names': 'input_ids'} | model_input_names",
        "{'split_special_tokens': true} | split_special_tokens",
        "{'fix_mistral_regex': true} | fix_mistral_regex",
        "{'fast_tokenizer_files': ['tokenizer.4.json']} | fast_tokenizer_files",
        "{'auto_map': {'AutoTokenizer': ['x.Y', null]}} | auto_map",
        "{'added_tokens_decoder': {'a': {'content': 'b'}}} | added_tokens_decoder",
        "{'mask_token': 7} | mask_token",
        "{'tokenizer_class': 'BertTokenizer', 'do_lower_case': 'no'} | do_lower_case",
        "{'tokenizer_class': 'BertTokenizer', 'cls_token': null} | cls_token",
        "{'tokenizer_class': 'GPT2Tokenizer'} | GPT2Tokenizer",
        "{'tokenizer_class': 'XLNetTokenizer'} | XLNetTokenizer",
        "{'tokenizer_class': 'BertJapaneseTokenizer'} | BertJapaneseTokenizer",
        "[] | tokenizer_config.json",
        "{ | tokenizer_config.json",
      })
  void whatCannotBeDoneIsRefusedByName(String config, String name) {
    UserMessage.of(() -> read(WORD_PIECE, config)).contains(name);
  }

  @ParameterizedTest
  @CsvSource({
    "1e30, -1",
    "1000000000000000019884624838656, -1",
    "null, -1",
    "512, 512",
    "512.0, 512"
  })
  void longestLengthIsWhatIsSaid(String said, int length) throws IOException {
    assertThat(read(WORD_PIECE, "{'model_max_length': " + said + "}").maxLength().orElse(-1))
        .isEqualTo(length);
  }

  @Test
  void replacedSectionsAreTold() throws IOException {
    TokenizerFile file = read(WORD_PIECE, "{'tokenizer_class': 'BertTokenizer'}");
    assertThat(file.notes()).singleElement().asString().contains("BertTokenizer", "normalizer");
    assertThat(new String(file.bytes(), StandardCharsets.UTF_8))
        .contains("\"lowercase\":true", "\"ü\": 3");
  }

  @Test
  void fileAloneIsTakenAsItIs() throws IOException {
    TokenizerFile file = read(WORD_PIECE, null);
    assertThat(file.notes()).isEmpty();
    assertThat(file.bytes()).isEqualTo(WORD_PIECE.getBytes(StandardCharsets.UTF_8));
  }

  /** RoFormer's class cuts Chinese words by a dictionary that is not here. */
  @Test
  void unknownClassOfTheModelsTypeIsTold() throws IOException {
    Files.writeString(directory.resolve("config.json"), "{\"model_type\": \"roformer\"}");
    assertThat(read(WORD_PIECE, null).notes())
        .singleElement()
        .asString()
        .contains("RoFormerTokenizer");
  }

  @Test
  void randomTokensAreRefused() {
    String json =
        "{\"model\": {\"type\": \"BPE\", \"dropout\": 0.1, \"vocab\": {}, \"merges\": []}}";
    UserMessage.of(() -> read(json, null)).contains("dropout");
  }

  @Test
  void maskIsTheNamedOne() throws IOException {
    String json = WORD_PIECE.replace("ü", "{m}");
    assertThat(read(json, "{'mask_token': '{m}'}").maskId()).isEqualTo(3);
  }

  /** What is not vocabulary or merges becomes a tree, and is bounded. */
  @Test
  void hugeRestIsRefused() {
    String json = "{\"x\": [" + "1,".repeat(9 << 20) + "1], \"model\": {\"vocab\": {}}}";
    UserMessage.of(() -> read(json, null)).contains("vocabulary and merges");
  }

  /** A vocabulary of 256,000 tokens, as Gemma has it, is read within a small heap's reach. */
  @Test
  void largeVocabularyIsNoTree() throws IOException {
    StringBuilder json = new StringBuilder("{\"model\": {\"type\": \"BPE\", \"vocab\": {\"a\": 0");
    for (int id = 1; id < 256_000; id++) {
      json.append(",\"token").append(id).append("\":").append(id);
    }
    TokenizerFile file = read(json.append("}, \"merges\": []}}").toString(), null);
    assertThat(file.largestId()).isEqualTo(255_999);
    assertThat(file.idOf("token255998", 256_000, false)).hasValue(255_998);
  }

  /** The type stands for a class, and the vocabulary is not of its kind. */
  @Test
  void classThatDoesNotFitIsTakenOnlyWhereItIsNamed() throws IOException {
    Files.writeString(directory.resolve("config.json"), "{\"model_type\": \"roberta\"}");
    TokenizerFile file = read(WORD_PIECE, null);
    assertThat(file.notes()).singleElement().asString().contains("RobertaTokenizer");
    assertThat(file.bytes()).isEqualTo(WORD_PIECE.getBytes(StandardCharsets.UTF_8));
    UserMessage.of(() -> read(WORD_PIECE, "{'tokenizer_class': 'RobertaTokenizer'}"))
        .contains("RobertaTokenizer");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{} | true",
        "{'model_input_names': ['input_ids', 'token_type_ids']} | true",
        "{'model_input_names': ['input_ids', 'attention_mask']} | false",
      })
  void typesAreGivenUnlessTheInputsLeaveThemOut(String config, boolean given) throws IOException {
    assertThat(read(WORD_PIECE, config).givesTypes()).isEqualTo(given);
  }
}
