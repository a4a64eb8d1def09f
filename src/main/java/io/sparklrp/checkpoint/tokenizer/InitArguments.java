package io.sparklrp.checkpoint.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparklrp.error.UserException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a tokenizer's class is made with: {@code tokenizer_config.json}, and, where it lists no
 * added tokens, {@code special_tokens_map.json}, {@code added_tokens.json} and those of {@code
 * tokenizer.json}.
 */
final class InitArguments {
  /** The named special tokens, in the order in which they are added. */
  static final List<String> NAMES =
      List.of(
          "bos_token",
          "eos_token",
          "unk_token",
          "sep_token",
          "pad_token",
          "cls_token",
          "mask_token");

  private static final String EXTRA = "extra_special_tokens";
  private static final String ADDITIONAL = "additional_special_tokens";
  private static final BigDecimal NO_LIMIT = new BigDecimal("1e20");

  private final ObjectNode arguments;
  private final Map<Long, AddedToken> added = new TreeMap<>();

  InitArguments(DirectoryFiles files, JsonNode tokenizerJson) {
    this.arguments =
        files.tokenizerConfig().isObject()
            ? files.tokenizerConfig().deepCopy()
            : JsonNodeFactory.instance.objectNode();
    renameAdditional();
    if (arguments.has("added_tokens_decoder")) {
      arguments
          .get("added_tokens_decoder")
          .properties()
          .forEach(token -> added.put(number(token.getKey()), AddedToken.of(token.getValue())));
    } else {
      addSpecialTokensMap(files.specialTokensMap());
      addTokens(files.addedTokens());
      tokenizerJson
          .path("added_tokens")
          .forEach(token -> added.put(token.path("id").asLong(), AddedToken.of(token)));
    }
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw refused("added_tokens_decoder", "ids that are numbers");
    }
  }

  private static UserException refused(String key, String wanted) {
    return new UserException(
        String.format(
            "Cannot read tokenizer_config.json: %s is not %s. Correct the file.", key, wanted));
  }

  private void renameAdditional() {
    JsonNode extra = arguments.path(EXTRA);
    if (arguments.has(ADDITIONAL) && extra.isEmpty()) {
      arguments.set(EXTRA, arguments.remove(ADDITIONAL));
    }
  }

  private void addSpecialTokensMap(JsonNode map) {
    for (Map.Entry<String, JsonNode> token : map.properties()) {
      JsonNode value = token.getValue();
      if (value.isObject() && !token.getKey().equals(EXTRA)) {
        arguments.set(token.getKey(), AddedToken.of(value).asSpecial().json(0));
      } else if (token.getKey().equals(EXTRA) && value.isArray()) {
        value.forEach(arguments.withArray(EXTRA)::add);
      } else {
        arguments.set(token.getKey(), value);
      }
    }
  }

  private void addTokens(JsonNode ids) {
    Set<String> specials = new java.util.HashSet<>();
    NAMES.forEach(name -> named(name, null).ifPresent(token -> specials.add(token.content())));
    extra(List.of()).forEach(token -> specials.add(token.content()));
    for (Map.Entry<String, JsonNode> token : ids.properties()) {
      boolean isSpecial = specials.contains(token.getKey());
      added.put(
          token.getValue().asLong(),
          new AddedToken(token.getKey(), false, false, false, !isSpecial, isSpecial));
    }
  }

  /** Tokens that are added whatever the class, by their stated ids. */
  List<AddedToken> added() {
    return List.copyOf(added.values());
  }

  /**
   * A named special token.
   *
   * @param absent its text where the arguments do not have it; null for none
   */
  Optional<AddedToken> named(String name, String absent) {
    JsonNode value = arguments.get(name);
    if (value == null) {
      return Optional.ofNullable(absent).map(AddedToken::special);
    }
    if (value.isNull()) {
      return Optional.empty();
    }
    if (!value.isTextual() && !value.path("content").isTextual()) {
      throw refused(name, "a token");
    }
    return Optional.of(AddedToken.of(value));
  }

  /** Whether something is given, be it as null. */
  boolean has(String name) {
    return arguments.has(name);
  }

  /** Named special tokens that are not of the usual names, such as an image's. */
  Map<String, AddedToken> otherNamed() {
    Map<String, AddedToken> tokens = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> argument : arguments.properties()) {
      JsonNode value = argument.getValue();
      boolean isToken = value.isTextual() || value.path("content").isTextual();
      if (argument.getKey().endsWith("_token") && !NAMES.contains(argument.getKey()) && isToken) {
        tokens.put(argument.getKey(), AddedToken.of(value));
      }
    }
    for (String key : List.of(EXTRA, "model_specific_special_tokens")) {
      if (arguments.path(key).isObject()) {
        arguments
            .get(key)
            .properties()
            .forEach(token -> tokens.put(token.getKey(), AddedToken.of(token.getValue())));
      }
    }
    return tokens;
  }

  /**
   * Special tokens without a name.
   *
   * @param absent those of the class where the arguments have none
   */
  List<AddedToken> extra(List<String> absent) {
    JsonNode extra = arguments.path(EXTRA);
    if (extra.isMissingNode() && arguments.has(ADDITIONAL)) {
      extra = arguments.get(ADDITIONAL);
    }
    if (extra.isMissingNode()) {
      return absent.stream().map(AddedToken::special).toList();
    }
    List<AddedToken> tokens = new ArrayList<>();
    if (extra.isArray()) {
      extra.forEach(token -> tokens.add(AddedToken.of(token)));
    }
    return tokens;
  }

  /** A switch. */
  boolean flag(String key, boolean absent) {
    JsonNode value = arguments.get(key);
    if (value == null) {
      return absent;
    }
    if (!value.isBoolean()) {
      throw refused(key, "true or false");
    }
    return value.asBoolean();
  }

  /** A switch that may be null, which stands for the default. */
  boolean flagOrNull(String key, boolean absent) {
    return arguments.path(key).isNull() ? absent : flag(key, absent);
  }

  /** A value as it is; null where it is not there. */
  JsonNode value(String key) {
    return arguments.has(key) ? arguments.get(key) : JsonNodeFactory.instance.nullNode();
  }

  /** A whole number. */
  int number(String key, int absent) {
    JsonNode value = arguments.get(key);
    if (value == null || value.isNull()) {
      return absent;
    }
    if (!value.canConvertToInt() || !value.isIntegralNumber()) {
      throw refused(key, "a whole number");
    }
    return value.asInt();
  }

  /** Most tokens that texts are cut to; empty where there is no limit, or one beyond all models. */
  OptionalInt maxLength() {
    JsonNode value = arguments.path("model_max_length");
    value = value.isMissingNode() ? arguments.path("max_len") : value;
    if (value.isMissingNode() || value.isNull()) {
      return OptionalInt.empty();
    }
    if (!value.isNumber()) {
      throw refused("model_max_length", "a number");
    }
    if (value.decimalValue().compareTo(NO_LIMIT) > 0) {
      return OptionalInt.empty();
    }
    if (value.decimalValue().signum() <= 0 || !value.canConvertToExactIntegral()) {
      throw refused("model_max_length", "a positive whole number");
    }
    return OptionalInt.of(
        value.decimalValue().min(BigDecimal.valueOf(Integer.MAX_VALUE)).intValueExact());
  }

  /**
   * Whether texts are cut at their beginning.
   *
   * @param absent what {@code tokenizer.json} says
   */
  boolean cutsLeft(boolean absent) {
    JsonNode side = arguments.path("truncation_side");
    if (side.isMissingNode()) {
      return absent;
    }
    if (!side.asText().equals("left") && !side.asText().equals("right")) {
      throw refused("truncation_side", "left or right");
    }
    return side.asText().equals("left");
  }

  /** Whether token types are given to the model: unless the names of its inputs leave them out. */
  boolean givesTypes() {
    JsonNode names = arguments.path("model_input_names");
    if (names.isMissingNode()) {
      return true;
    }
    if (!names.isArray()) {
      throw refused("model_input_names", "a list of names");
    }
    for (JsonNode name : names) {
      if (name.asText().equals("token_type_ids")) {
        return true;
      }
    }
    return false;
  }

  /** Refuses what cannot be done here. */
  void check() {
    if (arguments.path("split_special_tokens").asBoolean(false)) {
      throw unsupported("split_special_tokens is true");
    }
    if (arguments.path("fix_mistral_regex").asBoolean(false)) {
      throw unsupported("fix_mistral_regex is true");
    }
    if (!arguments.path("fast_tokenizer_files").isEmpty()) {
      throw unsupported("fast_tokenizer_files names other files than tokenizer.json");
    }
    if (arguments.path("auto_map").has("AutoTokenizer") || arguments.path("auto_map").isArray()) {
      throw unsupported("auto_map says that the tokenizer is code of its own, which is never run");
    }
  }

  private static UserException unsupported(String what) {
    return new UserException(
        String.format(
            "Cannot use tokenizer_config.json: %s, which is not supported. Save the tokenizer without"
                + " it, if tokenizer.json alone gives the right tokens.",
            what));
  }
}
