package io.sparklrp.checkpoint.tokenizer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The content of a {@code tokenizer.json}: vocabulary and merges stay bytes, which are read through
 * when something is looked for; the rest, which is small, is a tree.
 */
public final class TokenizerJson {
  /** Bytes of the rest: real files have up to 2 MB, of added tokens and a normaliser's table. */
  public static final int LARGEST_REST = 16 << 20;

  private static final Set<String> LARGE = Set.of("vocab", "merges");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final byte[] bytes;
  private final Map<String, Span> large = new LinkedHashMap<>();
  private final ObjectNode root = JSON.createObjectNode();
  private final Vocabulary vocabulary;

  /** Bytes of a value. */
  private record Span(int from, int to) {
    int length() {
      return to - from;
    }
  }

  private TokenizerJson(byte[] bytes) throws IOException {
    this.bytes = bytes;
    try (JsonParser parser = FACTORY.createParser(bytes)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new NotAnObjectException();
      }
      readRoot(spans(parser));
      if (parser.nextToken() != null) {
        throw new NotAnObjectException();
      }
    }
    Span span = large.get("vocab");
    this.vocabulary =
        span == null ? Vocabulary.NONE : Vocabulary.of(bytes, span.from(), span.length());
  }

  /** The content is JSON, and no object. */
  public static final class NotAnObjectException extends IOException {
    private static final long serialVersionUID = 1L;

    NotAnObjectException() {
      super("it is not a JSON object");
    }
  }

  /** What is neither vocabulary nor merges is too large. */
  public static final class TooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    TooLargeException() {
      super("it has more than " + LARGEST_REST + " bytes beside vocabulary and merges");
    }
  }

  /**
   * Reads a file's content, which is not copied and may not be changed.
   *
   * @throws IOException if it is no JSON object, or too large beside its vocabulary
   */
  public static TokenizerJson of(byte[] bytes) throws IOException {
    return new TokenizerJson(bytes);
  }

  private void readRoot(Map<String, Span> fields) throws IOException {
    long rest = 0;
    Map<String, Span> model = Map.of();
    for (Map.Entry<String, Span> field : fields.entrySet()) {
      boolean isModel = field.getKey().equals("model") && bytes[field.getValue().from()] == '{';
      model = isModel ? modelFields(field.getValue()) : model;
      rest += isModel ? rest(model) : field.getValue().length();
    }
    if (rest > LARGEST_REST) {
      throw new TooLargeException();
    }
    for (Map.Entry<String, Span> field : fields.entrySet()) {
      boolean isModel = field.getKey().equals("model") && !model.isEmpty();
      root.set(field.getKey(), isModel ? tree(model) : tree(field.getValue()));
    }
  }

  private Map<String, Span> modelFields(Span span) throws IOException {
    try (JsonParser parser = FACTORY.createParser(bytes, span.from(), span.length())) {
      parser.nextToken();
      Map<String, Span> fields = new LinkedHashMap<>();
      spans(parser)
          .forEach(
              (name, part) ->
                  fields.put(name, new Span(part.from() + span.from(), part.to() + span.from())));
      return fields;
    }
  }

  private static long rest(Map<String, Span> model) {
    return model.entrySet().stream()
        .filter(field -> !LARGE.contains(field.getKey()))
        .mapToLong(field -> field.getValue().length())
        .sum();
  }

  /** Where the values of an object are, whose start was read. */
  private static Map<String, Span> spans(JsonParser parser) throws IOException {
    Map<String, Span> fields = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      int from = Math.toIntExact(parser.currentTokenLocation().getByteOffset());
      parser.skipChildren();
      parser.finishToken();
      fields.put(name, new Span(from, Math.toIntExact(parser.currentLocation().getByteOffset())));
    }
    return fields;
  }

  private ObjectNode tree(Map<String, Span> model) throws IOException {
    ObjectNode tree = JSON.createObjectNode();
    for (Map.Entry<String, Span> field : model.entrySet()) {
      if (LARGE.contains(field.getKey())) {
        large.put(field.getKey(), field.getValue());
      } else {
        tree.set(field.getKey(), tree(field.getValue()));
      }
    }
    return tree;
  }

  private JsonNode tree(Span span) throws IOException {
    return JSON.readTree(bytes, span.from(), span.length());
  }

  /** The content, not to be changed. */
  public byte[] bytes() {
    return bytes;
  }

  /** A copy of everything but vocabulary and merges. */
  public ObjectNode rest() {
    return root.deepCopy();
  }

  /** The model's vocabulary, without added tokens. */
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  /** Whether some text stands anywhere in the file. */
  boolean mentions(String text) {
    byte[] sought = text.getBytes(StandardCharsets.UTF_8);
    for (int at = 0; at + sought.length <= bytes.length; at++) {
      if (Arrays.equals(bytes, at, at + sought.length, sought, 0, sought.length)) {
        return true;
      }
    }
    return false;
  }

  /** The same vocabulary and merges with another rest. */
  public TokenizerJson with(ObjectNode rest) throws IOException {
    if (rest.equals(root)) {
      return this;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + (1 << 16));
    try (JsonGenerator generator = JSON.getFactory().createGenerator(out)) {
      generator.writeStartObject();
      for (Map.Entry<String, JsonNode> field : rest.properties()) {
        generator.writeFieldName(field.getKey());
        if (field.getKey().equals("model") && field.getValue().isObject()) {
          writeModel(field.getValue(), generator, out);
        } else {
          JSON.writeTree(generator, field.getValue());
        }
      }
      generator.writeEndObject();
    }
    return of(out.toByteArray());
  }

  private void writeModel(JsonNode model, JsonGenerator generator, ByteArrayOutputStream out)
      throws IOException {
    generator.writeStartObject();
    for (Map.Entry<String, JsonNode> field : model.properties()) {
      generator.writeFieldName(field.getKey());
      JSON.writeTree(generator, field.getValue());
    }
    for (Map.Entry<String, Span> field : large.entrySet()) {
      generator.writeFieldName(field.getKey());
      generator.writeRawValue("");
      generator.flush();
      out.write(bytes, field.getValue().from(), field.getValue().length());
    }
    generator.writeEndObject();
  }
}
