package io.sparklrp.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.sparklrp.checkpoint.tokenizer.DirectoryFiles;
import io.sparklrp.checkpoint.tokenizer.EffectiveTokenizer;
import io.sparklrp.checkpoint.tokenizer.TokenizerJson;
import io.sparklrp.error.UserException;
import io.sparklrp.files.Confinement;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A directory's tokenizer: {@code tokenizer.json} as Hugging Face's {@code AutoTokenizer} takes it
 * with the files beside it, and what has to be known of it before it is used.
 */
public final class TokenizerFile {
  /** Real files have up to 35 MB: vocabularies of 256,000 tokens, and their merges. */
  private static final long LIMIT = 64L << 20;

  private static final long OTHERS_LIMIT = 4L << 20;

  private final EffectiveTokenizer tokenizer;
  private final Map<String, Integer> added = new HashMap<>();

  private TokenizerFile(EffectiveTokenizer tokenizer) {
    this.tokenizer = tokenizer;
    for (JsonNode token : tokenizer.json().rest().path("added_tokens")) {
      added.putIfAbsent(token.path("content").asText(), token.path("id").asInt());
    }
  }

  /** Reads the file, and those beside it. */
  public static TokenizerFile read(Path file) {
    return read(file, false);
  }

  /**
   * Reads the file, and those beside it.
   *
   * @param isLowered whether texts are written in lower case first, whatever the files say
   */
  public static TokenizerFile read(Path file, boolean isLowered) {
    byte[] bytes = BoundedFile.read(file, LIMIT);
    try {
      TokenizerJson json = TokenizerJson.of(bytes);
      EffectiveTokenizer tokenizer = EffectiveTokenizer.of(json, others(file));
      return new TokenizerFile(isLowered ? tokenizer.inLowerCase() : tokenizer);
    } catch (JsonProcessingException e) {
      throw BoundedFile.noJson(file.toString(), e);
    } catch (IOException e) {
      throw new UserException(
          String.format("Cannot read %s: %s. Check the file.", file, e.getMessage()), e);
    }
  }

  private static DirectoryFiles others(Path file) {
    return new DirectoryFiles(
        beside(file, ModelFiles.TOKENIZER_CONFIG),
        beside(file, ModelFiles.SPECIAL_TOKENS),
        beside(file, ModelFiles.ADDED_TOKENS),
        beside(file, ModelFiles.CONFIG));
  }

  private static JsonNode beside(Path file, String name) {
    Path other = file.resolveSibling(name);
    return Confinement.exists(other)
        ? BoundedFile.object(BoundedFile.read(other, OTHERS_LIMIT), other.toString())
        : MissingNode.getInstance();
  }

  /** The content of the effective {@code tokenizer.json}. */
  public byte[] bytes() {
    return tokenizer.json().bytes().clone();
  }

  /**
   * The largest id of the vocabulary; -1 where there is none. Added tokens may be beyond it, and
   * even beyond the model's embeddings, as long as no text has them.
   */
  public long largestId() {
    return tokenizer.json().vocabulary().largestId();
  }

  /** Most tokens that texts are cut to, where the directory says it. */
  public OptionalInt maxLength() {
    return tokenizer.maxLength();
  }

  /** Whether the model is given token types, which are all 0 otherwise. */
  public boolean givesTypes() {
    return tokenizer.givesTypes();
  }

  /** What a user should know of how the tokenizer was read, a sentence each. */
  public List<String> notes() {
    return tokenizer.notes();
  }

  /**
   * The id of a token: by its text as the vocabulary has it, by its text behind a blank as
   * byte-level and SentencePiece vocabularies write it, or by the number itself.
   *
   * @param rows ids must be below
   * @param followsText whether the form behind a blank goes first
   */
  public OptionalInt idOf(String text, int rows, boolean followsText) {
    String bare = text.startsWith(" ") ? text.substring(1) : text;
    List<String> blanks = List.of("\u0120" + bare, "\u2581" + bare);
    List<String> forms = new ArrayList<>(blanks);
    forms.add(followsText ? forms.size() : 0, text);
    Map<String, Integer> ids = ids(new HashSet<>(forms));
    for (String written : forms) {
      Integer id = ids.get(written);
      if (id != null && id < rows) {
        return OptionalInt.of(id);
      }
    }
    boolean isNumber =
        !text.isEmpty() && text.length() < 10 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    return isNumber && Integer.parseInt(text) < rows
        ? OptionalInt.of(Integer.parseInt(text))
        : OptionalInt.empty();
  }

  /** The id of the mask token, as it is named or by its usual names; -1 where there is none. */
  public long maskId() {
    return idOfFirst(tokenizer.maskToken(), "[MASK]", "<mask>");
  }

  /** The id of the token that stands for unknown ones; likewise. */
  public long unknownId() {
    return idOfFirst(tokenizer.unknownToken(), "[UNK]", "<unk>");
  }

  /**
   * The id of the token that hides others: the mask, else the one for unknown ones, as the files
   * beside name them, or as usual where there are no files; -1 where there is none.
   */
  public long hidingId() {
    if (tokenizer.namesTokens()) {
      return idOfFirst(tokenizer.hidingTokens().toArray(String[]::new));
    }
    return maskId() >= 0 ? maskId() : unknownId();
  }

  private long idOfFirst(String... texts) {
    Map<String, Integer> ids = ids(new HashSet<>(Arrays.asList(texts)));
    for (String text : texts) {
      if (ids.containsKey(text)) {
        return ids.get(text);
      }
    }
    return -1;
  }

  /** Whether texts that are too long are cut at their beginning. */
  public boolean cutsLeft() {
    return tokenizer.cutsLeft();
  }

  /** Ids of those texts that are tokens. */
  private Map<String, Integer> ids(Set<String> texts) {
    Map<String, Integer> ids = new HashMap<>();
    tokenizer.json().vocabulary().ids(texts).forEach((text, id) -> ids.put(text, id.intValue()));
    texts.stream().filter(added::containsKey).forEach(text -> ids.put(text, added.get(text)));
    return ids;
  }
}
