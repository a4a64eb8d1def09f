package io.sparklrp.checkpoint.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a directory says of its tokenizer beside {@code tokenizer.json}; a file that is not there is
 * a missing node.
 *
 * @param tokenizerConfig {@code tokenizer_config.json}
 * @param specialTokensMap {@code special_tokens_map.json}
 * @param addedTokens {@code added_tokens.json}
 * @param modelConfig {@code config.json}
 */
public record DirectoryFiles(
    JsonNode tokenizerConfig,
    JsonNode specialTokensMap,
    JsonNode addedTokens,
    JsonNode modelConfig) {
  /** The model's type, such as {@code bert}; empty where none is said. */
  String modelType() {
    return modelConfig.path("model_type").asText("");
  }

  /** Whether no file names special tokens. */
  boolean nameNoTokens() {
    return specialTokensMap.isMissingNode() && tokenizerConfig.isMissingNode();
  }

  /** The text of a special token that a file names, such as {@code mask_token}. */
  Optional<String> declared(String name) {
    return Stream.of(specialTokensMap, tokenizerConfig)
        .map(file -> file.path(name))
        .map(token -> token.isObject() ? token.path("content") : token)
        .filter(JsonNode::isTextual)
        .map(JsonNode::asText)
        .findFirst();
  }

  /** The class that the tokenizer's own configuration names, or the model's; empty for none. */
  String namedClass() {
    String own = tokenizerConfig.path("tokenizer_class").asText("");
    return own.isEmpty() ? modelConfig.path("tokenizer_class").asText("") : own;
  }
}
