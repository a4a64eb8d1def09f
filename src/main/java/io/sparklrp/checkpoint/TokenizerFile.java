package io.sparklrp.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** {@code tokenizer.json}: its bytes, and what has to be known of it before it is used. */
public final class TokenizerFile {
  private static final long LIMIT = 256L << 20;

  private final byte[] bytes;
  private final JsonNode root;
  private final long largestId;

  private TokenizerFile(byte[] bytes, JsonNode root) {
    this.bytes = bytes;
    this.root = root;
    this.largestId = largestId(root);
  }

  /** Reads the file. */
  public static TokenizerFile read(Path file) {
    byte[] bytes = BoundedFile.read(file, LIMIT);
    return new TokenizerFile(bytes, BoundedFile.object(bytes, file.toString()));
  }

  private static long largestId(JsonNode root) {
    JsonNode vocabulary = root.path("model").path("vocab");
    long largest = vocabulary.isArray() ? vocabulary.size() - 1L : -1;
    if (vocabulary.isObject()) {
      for (JsonNode id : vocabulary) {
        largest = Math.max(largest, id.asLong(-1));
      }
    }
    return largest;
  }

  /** The file's content. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /**
   * The largest id of the vocabulary; -1 where there is none. Added tokens may be beyond it, and
   * even beyond the model's embeddings, as long as no text has them.
   */
  public long largestId() {
    return largestId;
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
    for (String written : forms) {
      OptionalInt id = exactly(written);
      if (id.isPresent() && id.getAsInt() < rows) {
        return id;
      }
    }
    boolean isNumber =
        !text.isEmpty() && text.length() < 10 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    return isNumber && Integer.parseInt(text) < rows
        ? OptionalInt.of(Integer.parseInt(text))
        : OptionalInt.empty();
  }

  /** The id of the mask token by its usual names; -1 where there is none. */
  public long maskId() {
    OptionalInt id = exactly("[MASK]");
    return id.isPresent() ? id.getAsInt() : exactly("<mask>").orElse(-1);
  }

  /** Whether texts that are too long are cut at their beginning. */
  public boolean cutsLeft() {
    return root.path("truncation").path("direction").asText("").equalsIgnoreCase("left");
  }

  private OptionalInt exactly(String text) {
    for (JsonNode token : root.path("added_tokens")) {
      if (token.path("content").asText().equals(text)) {
        return OptionalInt.of(token.path("id").asInt());
      }
    }
    JsonNode vocabulary = root.path("model").path("vocab");
    if (vocabulary.isObject() && vocabulary.has(text)) {
      return OptionalInt.of(vocabulary.get(text).asInt());
    }
    for (int id = 0; vocabulary.isArray() && id < vocabulary.size(); id++) {
      if (vocabulary.get(id).path(0).asText().equals(text)) {
        return OptionalInt.of(id);
      }
    }
    return OptionalInt.empty();
  }
}
