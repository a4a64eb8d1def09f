package io.sparklrp.checkpoint.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What one of Hugging Face's tokenizer classes makes of a vocabulary: most build the normaliser,
 * the pre-tokenizer, the model's options and the processor that adds special tokens anew, whatever
 * {@code tokenizer.json} says of them.
 *
 * @param name its name
 * @param model the kind of model whose vocabulary it takes; empty for any
 * @param keepsFile whether {@code tokenizer.json} is taken as it is
 * @param givesTypes whether it gives token types in transformers 5 unless it is told
 * @param defaults texts of the named special tokens unless it is told
 * @param otherNamed special tokens that it adds under names of its own
 * @param extra special tokens that it adds unless it is told
 * @param mask how a mask is added that no list of tokens has
 * @param parts what it builds before special tokens are added
 * @param processor what it builds when their ids are known
 */
record TokenizerClass(
    String name,
    String model,
    boolean keepsFile,
    boolean givesTypes,
    Map<String, String> defaults,
    Map<String, String> otherNamed,
    Function<InitArguments, List<String>> extra,
    Mask mask,
    Consumer<Construction> parts,
    Consumer<Construction> processor) {
  /** How a mask is added. */
  enum Mask {
    /** As any special token. */
    PLAIN,
    /** With the blanks before it. */
    STRIPS_LEFT,
    /** With the blanks before it, and looked for in the normalised text. */
    STRIPS_LEFT_NORMALIZED
  }

  /** The file as it is. */
  static final TokenizerClass AS_IT_IS = of("TokenizersBackend", "").keepingFile();

  TokenizerClass {
    // Not Map.copyOf, which does not keep the order.
    otherNamed = new LinkedHashMap<>(otherNamed);
  }

  static TokenizerClass of(String name, String model) {
    Consumer<Construction> nothing = construction -> {};
    return new TokenizerClass(
        name,
        model,
        false,
        false,
        Map.of(),
        Map.of(),
        arguments -> List.of(),
        Mask.PLAIN,
        nothing,
        nothing);
  }

  /** Whether a file's model is of the kind whose vocabulary the class takes. */
  boolean fits(JsonNode fileModel) {
    String kind = fileModel.path("type").asText("");
    return model.isEmpty() || kind.isEmpty() || kind.equals(model);
  }

  private TokenizerClass keepingFile() {
    return new TokenizerClass(
        name, "", true, givesTypes, defaults, otherNamed, extra, mask, parts, processor);
  }

  TokenizerClass named(String other) {
    return new TokenizerClass(
        other, model, keepsFile, givesTypes, defaults, otherNamed, extra, mask, parts, processor);
  }

  /** The same class, which keeps the file but for the processor. */
  TokenizerClass withoutParts() {
    return keepingFile().parts(construction -> {});
  }

  TokenizerClass types(boolean given) {
    return new TokenizerClass(
        name, model, keepsFile, given, defaults, otherNamed, extra, mask, parts, processor);
  }

  /** Texts of named special tokens: {@code bos_token <s> eos_token </s>} and so on. */
  TokenizerClass tokens(String namesAndTexts) {
    String[] words = namesAndTexts.split(" ", -1);
    Map<String, String> texts = new HashMap<>(defaults);
    for (int i = 0; i < words.length; i += 2) {
      texts.put(words[i] + "_token", words[i + 1]);
    }
    return new TokenizerClass(
        name, model, keepsFile, givesTypes, texts, otherNamed, extra, mask, parts, processor);
  }

  TokenizerClass otherNamed(Map<String, String> tokens) {
    return new TokenizerClass(
        name, model, keepsFile, givesTypes, defaults, tokens, extra, mask, parts, processor);
  }

  TokenizerClass extra(Function<InitArguments, List<String>> tokens) {
    return new TokenizerClass(
        name, model, keepsFile, givesTypes, defaults, otherNamed, tokens, mask, parts, processor);
  }

  TokenizerClass mask(Mask kind) {
    return new TokenizerClass(
        name, model, keepsFile, givesTypes, defaults, otherNamed, extra, kind, parts, processor);
  }

  TokenizerClass parts(Consumer<Construction> built) {
    return new TokenizerClass(
        name, model, keepsFile, givesTypes, defaults, otherNamed, extra, mask, built, processor);
  }

  TokenizerClass processor(Consumer<Construction> built) {
    return new TokenizerClass(
        name, model, keepsFile, givesTypes, defaults, otherNamed, extra, mask, parts, built);
  }

  /** A named special token with these arguments. */
  Optional<AddedToken> named(String token, InitArguments arguments) {
    return arguments
        .named(token, defaults.get(token))
        .map(given -> token.equals("mask_token") ? asMask(given) : given);
  }

  private AddedToken asMask(AddedToken given) {
    boolean isOnlyText = given.equals(AddedToken.special(given.content()));
    return mask == Mask.PLAIN || !isOnlyText
        ? given
        : AddedToken.mask(given.content(), mask == Mask.STRIPS_LEFT_NORMALIZED);
  }
}
