package io.sparklrp.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;

/** {@code tokenizer.json}: its bytes, and what has to be known of it before it is used. */
public final class TokenizerFile {
  private static final long LIMIT = 256L << 20;

  private final byte[] bytes;
  private final long largestId;

  private TokenizerFile(byte[] bytes, long largestId) {
    this.bytes = bytes;
    this.largestId = largestId;
  }

  /** Reads the file. */
  static TokenizerFile read(Path file) {
    byte[] bytes = BoundedFile.read(file, LIMIT);
    return new TokenizerFile(bytes, largestId(BoundedFile.object(bytes, file.toString())));
  }

  private static long largestId(JsonNode root) {
    JsonNode vocabulary = root.path("model").path("vocab");
    long largest = vocabulary.isArray() ? vocabulary.size() - 1L : -1;
    if (vocabulary.isObject()) {
      for (JsonNode id : vocabulary) {
        largest = Math.max(largest, id.asLong(-1));
      }
    }
    for (JsonNode token : root.path("added_tokens")) {
      largest = Math.max(largest, token.path("id").asLong(-1));
    }
    return largest;
  }

  /** The file's content. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** The largest token id that the tokenizer can give; -1 where it has no vocabulary. */
  public long largestId() {
    return largestId;
  }
}
