package io.sparklrp.checkpoint.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A token that is found in a text before anything else is done with it.
 *
 * @param content its text
 * @param singleWord whether it may not be a part of a word
 * @param lstrip whether blanks before it belong to it
 * @param rstrip whether blanks behind it belong to it
 * @param normalized whether it is looked for in the normalised text
 * @param special whether it is a special token
 */
record AddedToken(
    String content,
    boolean singleWord,
    boolean lstrip,
    boolean rstrip,
    boolean normalized,
    boolean special) {
  /** A special token of which only the text is known. */
  static AddedToken special(String content) {
    return new AddedToken(content, false, false, false, false, true);
  }

  /** One that swallows the blanks before it, as masks do. */
  static AddedToken mask(String content, boolean isNormalized) {
    return new AddedToken(content, false, true, false, isNormalized, true);
  }

  /** A token as JSON files have it: an object, or only its text. */
  static AddedToken of(JsonNode node) {
    if (node.isTextual()) {
      return special(node.asText());
    }
    boolean special = node.path("special").asBoolean(false);
    return new AddedToken(
        node.path("content").asText(),
        node.path("single_word").asBoolean(false),
        node.path("lstrip").asBoolean(false),
        node.path("rstrip").asBoolean(false),
        node.path("normalized").asBoolean(!special),
        special);
  }

  AddedToken asSpecial() {
    return new AddedToken(content, singleWord, lstrip, rstrip, normalized, true);
  }

  /** The token as {@code tokenizer.json} has it. */
  ObjectNode json(long id) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", id);
    json.put("content", content);
    json.put("single_word", singleWord);
    json.put("lstrip", lstrip);
    json.put("rstrip", rstrip);
    json.put("normalized", normalized);
    return json.put("special", special);
  }
}
