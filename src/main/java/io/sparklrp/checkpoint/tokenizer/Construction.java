package io.sparklrp.checkpoint.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparklrp.error.UserException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A {@code tokenizer.json} in the making by one of Hugging Face's classes. */
final class Construction {
  private final TokenizerClass type;
  private final InitArguments arguments;
  private final Vocabulary vocabulary;
  private final ObjectNode root;
  private final Map<String, AddedToken> named = new LinkedHashMap<>();
  private final Map<String, Long> ids = new HashMap<>();

  Construction(
      TokenizerClass type, InitArguments arguments, Vocabulary vocabulary, ObjectNode root) {
    this.type = type;
    this.arguments = arguments;
    this.vocabulary = vocabulary;
    this.root = root;
    for (String name : InitArguments.NAMES) {
      type.named(name, arguments).ifPresent(token -> named.put(name, token));
    }
    type.otherNamed().forEach((name, token) -> named.put(name, AddedToken.special(token)));
    named.putAll(arguments.otherNamed());
  }

  /** Builds it. */
  ObjectNode build() {
    type.parts().accept(this);
    addTokens();
    type.processor().accept(this);
    return root;
  }

  InitArguments arguments() {
    return arguments;
  }

  Vocabulary vocabulary() {
    return vocabulary;
  }

  /** The text of a named special token. */
  Optional<String> token(String name) {
    return Optional.ofNullable(named.get(name)).map(AddedToken::content);
  }

  /** The text of a named special token that the class cannot do without. */
  String required(String name) {
    return token(name)
        .orElseThrow(
            () ->
                new UserException(
                    String.format(
                        "Cannot use tokenizer_config.json: %s is null, and %s needs it. Name it.",
                        name, type.name())));
  }

  /** The id of a token that was added. */
  long id(String token) {
    return ids.get(token);
  }

  /** Replaces a section. */
  void set(String section, JsonNode value) {
    root.set(section, value);
  }

  /** A section of the file, or what it was replaced by. */
  JsonNode get(String section) {
    return root.path(section);
  }

  /** The table of characters in the file's normaliser; empty where it has none. */
  Optional<JsonNode> charactersMap() {
    JsonNode normalizer = root.path("normalizer");
    Iterable<JsonNode> all =
        normalizer.path("normalizers").isArray()
            ? normalizer.get("normalizers")
            : List.of(normalizer);
    for (JsonNode one : all) {
      if (one.path("type").asText().equals("Precompiled")) {
        return Optional.of(one);
      }
    }
    return Optional.empty();
  }

  private void addTokens() {
    List<AddedToken> tokens = new ArrayList<>();
    if (type.keepsFile()) {
      root.path("added_tokens").forEach(token -> tokens.add(AddedToken.of(token)));
    }
    Set<String> known = new HashSet<>();
    tokens.forEach(token -> known.add(token.content()));
    Set<String> names = new HashSet<>();
    named.values().forEach(token -> names.add(token.content()));
    replaceListed(tokens);
    addNew(arguments.added(), names, known, tokens);
    addNew(List.copyOf(named.values()), names, known, tokens);
    addNew(arguments.extra(type.extra().apply(arguments)), Set.of(), known, tokens);
    number(tokens, known);
  }

  /** Tokens of the file that the arguments list too are as the arguments say. */
  private void replaceListed(List<AddedToken> tokens) {
    Map<String, AddedToken> listed = new HashMap<>();
    arguments.added().forEach(token -> listed.put(token.content(), token));
    tokens.replaceAll(token -> listed.getOrDefault(token.content(), token));
  }

  /** Special tokens are those that have only a text, whatever was said of them. */
  void forgetSpecialsOptions() {
    Set<String> specials = new HashSet<>();
    named.values().forEach(token -> specials.add(token.content()));
    arguments.extra(List.of()).forEach(token -> specials.add(token.content()));
    ArrayNode json = root.arrayNode();
    for (JsonNode token : root.path("added_tokens")) {
      String content = token.path("content").asText();
      json.add(specials.contains(content) ? AddedToken.special(content).json(id(content)) : token);
    }
    root.set("added_tokens", json);
  }

  private static void addNew(
      List<AddedToken> added, Set<String> specials, Set<String> known, List<AddedToken> tokens) {
    for (AddedToken token : added) {
      if (!token.content().isEmpty() && known.add(token.content())) {
        tokens.add(specials.contains(token.content()) ? token.asSpecial() : token);
      }
    }
  }

  /** Tokens that the vocabulary does not have get the next ids. */
  private void number(List<AddedToken> tokens, Set<String> contents) {
    Map<String, Long> known = vocabulary.ids(contents);
    ArrayNode json = root.arrayNode();
    long next = vocabulary.size();
    for (AddedToken token : tokens) {
      long id = known.containsKey(token.content()) ? known.get(token.content()) : next;
      next = Math.max(next, id + 1);
      ids.put(token.content(), id);
      json.add(token.json(id));
    }
    if (!tokens.isEmpty() || root.path("added_tokens").isArray()) {
      root.set("added_tokens", json);
    }
  }
}
