package io.sparklrp.checkpoint.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparklrp.error.UserException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * What {@code AutoTokenizer.from_pretrained} makes of a directory.
 *
 * @param json the tokenizer
 * @param maxLength most tokens that texts are cut to, where that is said
 * @param cutsLeft whether texts are cut at their beginning
 * @param givesTypes whether the model is given token types
 * @param maskToken the mask's text; empty where none is named
 * @param unknownToken the text of what stands for unknown ones; likewise
 * @param namesTokens whether files beside name special tokens
 * @param hidingTokens texts of what tokens are hidden by, first choice first: what the files
 *     declare
 * @param notes what a user should know, a sentence each
 */
public record EffectiveTokenizer(
    TokenizerJson json,
    OptionalInt maxLength,
    boolean cutsLeft,
    boolean givesTypes,
    String maskToken,
    String unknownToken,
    boolean namesTokens,
    List<String> hidingTokens,
    List<String> notes) {

  public EffectiveTokenizer {
    hidingTokens = List.copyOf(hidingTokens);
    notes = List.copyOf(notes);
  }

  /**
   * Makes it.
   *
   * @param file the content of {@code tokenizer.json}
   * @throws UserException if something is asked for that cannot be done
   */
  public static EffectiveTokenizer of(TokenizerJson file, DirectoryFiles files) throws IOException {
    ObjectNode root = file.rest();
    InitArguments arguments = new InitArguments(files, root);
    arguments.check();
    checkModel(root);
    TokenizerClasses.Choice choice = TokenizerClasses.of(files, file);
    checkModel(choice.type(), root);
    ObjectNode made =
        new Construction(choice.type(), arguments, file.vocabulary(), root.deepCopy()).build();
    boolean cutsLeft = arguments.cutsLeft(cutsLeft(root));
    if (cutsLeft != cutsLeft(root)) {
      made.set("truncation", truncation(cutsLeft));
    }
    return new EffectiveTokenizer(
        file.with(made),
        arguments.maxLength(),
        cutsLeft,
        arguments.givesTypes(),
        choice.type().named("mask_token", arguments).map(AddedToken::content).orElse(""),
        choice.type().named("unk_token", arguments).map(AddedToken::content).orElse(""),
        !files.nameNoTokens(),
        Stream.of("mask_token", "unk_token")
            .flatMap(name -> files.declared(name).stream())
            .toList(),
        Stream.of(
                choice.note(),
                replaced(choice.type(), root, made),
                types(choice.type(), arguments, files, made))
            .filter(note -> !note.isEmpty())
            .toList());
  }

  /** The same tokenizer of texts in lower case, as sentence-transformers may ask for. */
  public EffectiveTokenizer inLowerCase() throws IOException {
    ObjectNode root = json.rest();
    JsonNode normalizer = root.path("normalizer");
    if (lowers(normalizer)) {
      return this;
    }
    List<JsonNode> parts = new ArrayList<>(List.of(Parts.plain("Lowercase")));
    if (normalizer.path("normalizers").isArray()) {
      normalizer.get("normalizers").forEach(parts::add);
    } else if (normalizer.isObject()) {
      parts.add(normalizer);
    }
    root.set("normalizer", Parts.normalizers(parts));
    return new EffectiveTokenizer(
        json.with(root),
        maxLength,
        cutsLeft,
        givesTypes,
        maskToken,
        unknownToken,
        namesTokens,
        hidingTokens,
        notes);
  }

  private static boolean lowers(JsonNode normalizer) {
    boolean lowers = normalizer.path("type").asText().equals("Lowercase");
    for (JsonNode part : normalizer.path("normalizers")) {
      lowers |= part.path("type").asText().equals("Lowercase");
    }
    return lowers;
  }

  private static boolean cutsLeft(JsonNode root) {
    return root.path("truncation").path("direction").asText("").equalsIgnoreCase("left");
  }

  /** The number is replaced when the tokenizer is used. */
  private static JsonNode truncation(boolean isLeft) {
    return Parts.json("{'max_length': 512, 'strategy': 'LongestFirst', 'stride': 0}")
        .put("direction", isLeft ? "Left" : "Right");
  }

  private static void checkModel(JsonNode root) {
    if (root.path("model").path("dropout").asDouble(0) > 0) {
      throw new UserException(
          "Cannot use tokenizer.json: its model drops merges at random (dropout), and the same text"
              + " would have other tokens each time. Set dropout to null.");
    }
  }

  private static void checkModel(TokenizerClass type, JsonNode root) {
    String model = root.path("model").path("type").asText("");
    if (!type.fits(root.path("model"))) {
      throw new UserException(
          String.format(
              "Cannot use tokenizer.json: its model is %s, and Hugging Face's AutoTokenizer takes %s for"
                  + " the directory, whose model is %s. Set tokenizer_class to PreTrainedTokenizerFast in"
                  + " tokenizer_config.json.",
              model.length() > 40 ? "another" : model, type.name(), type.model()));
    }
  }

  /**
   * Says where token types are given to a model although transformers 5, unlike those before, would
   * leave them out: models were trained with them.
   */
  private static String types(
      TokenizerClass type, InitArguments arguments, DirectoryFiles files, JsonNode made) {
    boolean areTwo = files.modelConfig().path("type_vocab_size").asInt(0) > 1;
    boolean areGiven = made.path("post_processor").toString().contains("\"type_id\":1");
    return type.givesTypes() || arguments.has("model_input_names") || !areTwo || !areGiven
        ? ""
        : String.format(
            "Token types are given for pairs of texts, which %s of transformers 5 leaves out: set"
                + " model_input_names in tokenizer_config.json to do as it does.",
            type.name());
  }

  /** Says which sections of the file are not used. */
  private static String replaced(TokenizerClass type, JsonNode root, JsonNode made) {
    List<String> sections = new ArrayList<>();
    for (String section : List.of("normalizer", "pre_tokenizer", "model")) {
      if (!bare(root.path(section)).equals(bare(made.path(section)))) {
        sections.add(section);
      }
    }
    return sections.isEmpty()
        ? ""
        : String.format(
            "Texts become tokens as Hugging Face's %s makes them: of tokenizer.json, %s is replaced.",
            type.name(), String.join(" and ", sections));
  }

  /** JSON without what stands for nothing, and without the order of fields. */
  private static String bare(JsonNode node) {
    if (node.isObject()) {
      List<String> fields = new ArrayList<>();
      node.properties()
          .forEach(
              field -> {
                String value = bare(field.getValue());
                if (!value.isEmpty()) {
                  fields.add(field.getKey() + ":" + value);
                }
              });
      fields.sort(null);
      return fields.toString();
    }
    if (node.isArray()) {
      List<String> parts = new ArrayList<>();
      node.forEach(part -> parts.add(bare(part)));
      return parts.toString();
    }
    boolean isNothing = node.isMissingNode() || node.isNull() || node.asText().equals("false");
    return isNothing ? "" : node.asText();
  }
}
