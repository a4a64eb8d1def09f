package io.sparklrp.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparklrp.error.UserException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** {@code config.json}, read key by key with checks of type and range. */
public final class ModelConfig {
  private static final long LIMIT = 4L << 20;
  private static final int MOST_LABELS = 1_000_000;

  private final Path file;
  private final JsonNode root;

  private ModelConfig(Path file, JsonNode root) {
    this.file = file;
    this.root = root;
  }

  /** Reads the file. */
  static ModelConfig read(Path file) {
    return new ModelConfig(
        file, BoundedFile.object(BoundedFile.read(file, LIMIT), file.toString()));
  }

  /** The family of models, such as {@code bert}. */
  public String modelType() {
    String type = text("model_type", "");
    if (type.isEmpty()) {
      throw new UserException(
          "Cannot read "
              + file
              + ": it has no model_type. Give a Hugging Face model's config.json.");
    }
    return type;
  }

  /** Whether a key is there and not null. */
  public boolean has(String key) {
    return root.hasNonNull(key);
  }

  /** A text. */
  public String text(String key, String absent) {
    JsonNode node = root.get(key);
    if (node == null || node.isNull()) {
      return absent;
    }
    return check(node.isTextual() && PlainText.isPlain(node.asText()), key, "a text of one line")
        .asText();
  }

  /** A positive whole number. */
  public int integer(String key, int absent) {
    JsonNode node = root.get(key);
    if (node == null || node.isNull()) {
      return absent;
    }
    check(
        node.canConvertToInt() && node.isIntegralNumber() && node.asInt() > 0,
        key,
        "a positive whole number");
    return node.asInt();
  }

  /** A number. */
  public double decimal(String key, double absent) {
    JsonNode node = root.get(key);
    if (node == null || node.isNull()) {
      return absent;
    }
    return check(node.isNumber() && Double.isFinite(node.asDouble()), key, "a number").asDouble();
  }

  /** A truth value. */
  public boolean bool(String key, boolean absent) {
    JsonNode node = root.get(key);
    if (node == null || node.isNull()) {
      return absent;
    }
    return check(node.isBoolean(), key, "true or false").asBoolean();
  }

  /** The names of the outputs in their order: {@code id2label}, or {@code LABEL_0} and so on. */
  public List<String> labels() {
    JsonNode map = root.get("id2label");
    if (map == null || map.isNull()) {
      int count = integer("num_labels", 2);
      check(count <= MOST_LABELS, "num_labels", "at most " + MOST_LABELS);
      return numbered(count);
    }
    check(
        map.isObject() && !map.isEmpty() && map.size() <= MOST_LABELS,
        "id2label",
        "an object of labels");
    List<String> labels = new ArrayList<>();
    for (int i = 0; i < map.size(); i++) {
      JsonNode label = map.get(Integer.toString(i));
      check(
          label != null && label.isTextual(),
          "id2label",
          "an object with the keys 0 to " + (map.size() - 1));
      labels.add(label.asText());
    }
    return List.copyOf(labels);
  }

  private static List<String> numbered(int count) {
    List<String> labels = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      labels.add("LABEL_" + i);
    }
    return List.copyOf(labels);
  }

  /** The classes that Hugging Face would load, such as {@code BertForSequenceClassification}. */
  public List<String> architectures() {
    List<String> names = new ArrayList<>();
    Iterator<JsonNode> elements = root.path("architectures").elements();
    elements.forEachRemaining(element -> names.add(element.asText()));
    return List.copyOf(names);
  }

  private JsonNode check(boolean good, String key, String wanted) {
    if (!good) {
      throw new UserException(
          String.format("Cannot read %s: %s is not %s. Correct the file.", file, key, wanted));
    }
    return root.get(key);
  }
}
