package io.sparklrp.checkpoint.tokenizer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * A vocabulary as {@code tokenizer.json} has it: an object of ids by token, or a list of tokens
 * with their scores. It is read through whenever something is looked for, and never held.
 */
public final class Vocabulary {
  /** No vocabulary. */
  static final Vocabulary NONE = new Vocabulary(new byte[0], 0, 0);

  private static final JsonFactory FACTORY = new JsonFactory();

  private final byte[] bytes;
  private final int from;
  private final int length;
  private int size;
  private long largestId = -1;

  /**
   * A token's place.
   *
   * @param id its number
   * @param score its score in a list; 0 in an object of ids
   */
  record Entry(long id, double score) {}

  private Vocabulary(byte[] bytes, int from, int length) {
    this.bytes = bytes;
    this.from = from;
    this.length = length;
  }

  static Vocabulary of(byte[] bytes, int from, int length) {
    Vocabulary vocabulary = new Vocabulary(bytes, from, length);
    vocabulary.each(
        (token, entry) -> {
          vocabulary.size++;
          vocabulary.largestId = Math.max(vocabulary.largestId, entry.id());
        });
    return vocabulary;
  }

  /** Number of tokens. */
  int size() {
    return size;
  }

  /** The largest id; -1 where there is none. */
  public long largestId() {
    return largestId;
  }

  /** Whether it is a list of tokens with scores, as Unigram models have it. */
  boolean isList() {
    return length > 0 && bytes[from] == '[';
  }

  /** Ids of those tokens that are there, of the first where several are equal. */
  public Map<String, Long> ids(Set<String> tokens) {
    Map<String, Long> ids = new HashMap<>();
    entries(tokens).forEach((token, entry) -> ids.put(token, entry.id()));
    return ids;
  }

  /** Those tokens that are there. */
  Map<String, Entry> entries(Set<String> tokens) {
    Map<String, Entry> found = new HashMap<>();
    each(
        (token, entry) -> {
          if (tokens.contains(token)) {
            found.putIfAbsent(token, entry);
          }
        });
    return found;
  }

  private void each(BiConsumer<String, Entry> consumer) {
    try (JsonParser parser = FACTORY.createParser(bytes, from, length)) {
      JsonToken start = parser.nextToken();
      if (start == JsonToken.START_OBJECT) {
        eachOfObject(parser, consumer);
      } else if (start == JsonToken.START_ARRAY) {
        eachOfList(parser, consumer);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the vocabulary.", e);
    }
  }

  private static void eachOfObject(JsonParser parser, BiConsumer<String, Entry> consumer)
      throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String token = parser.currentName();
      boolean isId = parser.nextToken() == JsonToken.VALUE_NUMBER_INT;
      consumer.accept(token, new Entry(isId ? parser.getValueAsLong(-1) : -1, 0));
      parser.skipChildren();
    }
  }

  private static void eachOfList(JsonParser parser, BiConsumer<String, Entry> consumer)
      throws IOException {
    for (long id = 0; parser.nextToken() != JsonToken.END_ARRAY; id++) {
      String token = "";
      double score = 0;
      if (parser.currentToken() == JsonToken.START_ARRAY) {
        int place = 0;
        for (JsonToken part = parser.nextToken(); part != JsonToken.END_ARRAY; place++) {
          token = place == 0 && part == JsonToken.VALUE_STRING ? parser.getText() : token;
          score = place == 1 && part.isNumeric() ? parser.getDoubleValue() : score;
          parser.skipChildren();
          part = parser.nextToken();
        }
      }
      consumer.accept(token, new Entry(id, score));
    }
  }
}
