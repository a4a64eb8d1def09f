package io.sparklrp.checkpoint.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;

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

  /** The class that the tokenizer's own configuration names, or the model's; empty for none. */
  String namedClass() {
    String own = tokenizerConfig.path("tokenizer_class").asText("");
    return own.isEmpty() ? modelConfig.path("tokenizer_class").asText("") : own;
  }
}
