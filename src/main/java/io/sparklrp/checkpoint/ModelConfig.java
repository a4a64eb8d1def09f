package io.sparklrp.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparklrp.error.UserException;
import io.sparklrp.files.Confinement;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * {@code config.json}, or another file of settings beside it, read key by key with checks of type
 * and range.
 */
public final class ModelConfig {
  private static final long LIMIT = 4L << 20;
  private static final int MOST_LABELS = 1_000_000;

  private final Path file;
  private final JsonNode root;
  private final ConfigDefaults defaults;

  private ModelConfig(Path file, JsonNode root, ConfigDefaults defaults) {
    this.file = file;
    this.root = root;
    this.defaults = defaults;
  }

  /** Reads the file. */
  static ModelConfig read(Path file) {
    JsonNode root = BoundedFile.object(BoundedFile.read(file, LIMIT), file.toString());
    JsonNode type = root.path("model_type");
    return new ModelConfig(
        file, root, type.isTextual() ? ConfigDefaults.of(type.asText()) : ConfigDefaults.none());
  }

  /**
   * Reads another file of a checkpoint's settings, such as {@code preprocessor_config.json}.
   *
   * @return nothing if there is no such file
   * @throws UserException if it is too large or no JSON object
   */
  public static Optional<ModelConfig> readIfPresent(Path file) {
    return Confinement.exists(file) ? Optional.of(read(file)) : Optional.empty();
  }

  /** The file, to be named in messages. */
  public Path file() {
    return file;
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

  /** Whether language models of its {@code model_type} read on from left to right. */
  public boolean isCausalType() {
    return ConfigDefaults.isCausal(text("model_type", ""));
  }

  /** Whether language models of its {@code model_type} fill gaps. */
  public boolean isMaskedType() {
    return ConfigDefaults.isMasked(text("model_type", ""));
  }

  /** What is said of a key, or its type's default; null where there is neither. */
  private JsonNode value(String key) {
    return defaults.value(root, key);
  }

  /** Whether a key, or its type's default, is there and not null. */
  public boolean has(String key) {
    JsonNode node = value(key);
    return node != null && !node.isNull();
  }

  /** Whether a key is there and null: what it stands for is switched off, whatever the default. */
  public boolean isNull(String key) {
    JsonNode node = value(key);
    return node != null && node.isNull();
  }

  /** A text that must be there, if only as its type's default. */
  public String text(String key) {
    return text(needed(key), "");
  }

  /** A positive whole number that must be there, if only as its type's default. */
  public int integer(String key) {
    return integer(needed(key), 0);
  }

  /** A whole number that may be 0 and must be there, if only as its type's default. */
  public int count(String key) {
    return count(needed(key), 0);
  }

  /** A whole number that must be there, if only as its type's default. */
  public int signed(String key) {
    return signed(needed(key), 0);
  }

  /** A number that must be there, if only as its type's default. */
  public double decimal(String key) {
    return decimal(needed(key), 0);
  }

  /** A truth value that must be there, if only as its type's default. */
  public boolean bool(String key) {
    return bool(needed(key), false);
  }

  private String needed(String key) {
    JsonNode node = value(key);
    if (node == null || node.isNull()) {
      throw new UserException(
          String.format(
              "Cannot read %s: %s is %s. Correct the file.",
              file, key, node == null ? "missing" : "null"));
    }
    return key;
  }

  /** A text. */
  public String text(String key, String absent) {
    JsonNode node = value(key);
    if (node == null || node.isNull()) {
      return absent;
    }
    return check(node.isTextual() && PlainText.isPlain(node.asText()), key, "a text of one line")
        .asText();
  }

  /** A positive whole number. */
  public int integer(String key, int absent) {
    JsonNode node = value(key);
    if (node == null || node.isNull()) {
      return absent;
    }
    check(
        node.canConvertToInt() && node.isIntegralNumber() && node.asInt() > 0,
        key,
        "a positive whole number");
    return node.asInt();
  }

  /** A whole number that may be 0. */
  public int count(String key, int absent) {
    JsonNode node = value(key);
    if (node == null || node.isNull()) {
      return absent;
    }
    check(
        node.canConvertToInt() && node.isIntegralNumber() && node.asInt() >= 0,
        key,
        "a whole number from 0 on");
    return node.asInt();
  }

  /** A whole number of either sign. */
  public int signed(String key, int absent) {
    JsonNode node = value(key);
    if (node == null || node.isNull()) {
      return absent;
    }
    check(node.canConvertToInt() && node.isIntegralNumber(), key, "a whole number");
    return node.asInt();
  }

  /** A list of texts, or one text that a pattern splits into them. */
  public List<String> textsOrSplit(String key, String pattern) {
    JsonNode node = value(key);
    return node != null && node.isTextual() ? List.of(text(key, "").split(pattern)) : texts(key);
  }

  /** An object inside this one, with the same checks; empty where it is missing or null. */
  public Optional<ModelConfig> child(String key) {
    JsonNode node = value(key);
    if (node == null || node.isNull()) {
      return Optional.empty();
    }
    check(node.isObject(), key, "an object");
    return Optional.of(new ModelConfig(file, node, ConfigDefaults.none()));
  }

  /** A list of texts; empty where it is missing or null. */
  public List<String> texts(String key) {
    JsonNode node = value(key);
    if (node == null || node.isNull()) {
      return List.of();
    }
    check(node.isArray() && node.size() <= MOST_LABELS, key, "a list of texts");
    List<String> texts = new ArrayList<>();
    for (JsonNode element : node) {
      check(element.isTextual() && PlainText.isPlain(element.asText()), key, "a list of texts");
      texts.add(element.asText());
    }
    return List.copyOf(texts);
  }

  /** A number. */
  public double decimal(String key, double absent) {
    JsonNode node = value(key);
    if (node == null || node.isNull()) {
      return absent;
    }
    return check(node.isNumber() && Double.isFinite(node.asDouble()), key, "a number").asDouble();
  }

  /** A truth value. */
  public boolean bool(String key, boolean absent) {
    JsonNode node = value(key);
    if (node == null || node.isNull()) {
      return absent;
    }
    return check(node.isBoolean(), key, "true or false").asBoolean();
  }

  /** A list of so many numbers, or one number that stands for all of them. */
  public double[] decimals(String key, double... absent) {
    JsonNode node = value(key);
    if (node == null || node.isNull()) {
      return absent;
    }
    double[] numbers = new double[absent.length];
    if (node.isNumber()) {
      Arrays.fill(numbers, decimal(key, 0));
      return numbers;
    }
    String wanted = "a number or a list of " + absent.length + " numbers";
    check(node.isArray() && node.size() == absent.length, key, wanted);
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = node.get(i).asDouble();
      check(node.get(i).isNumber() && Double.isFinite(numbers[i]), key, wanted);
    }
    return numbers;
  }

  /** The settings within a setting, or nothing if the key is absent or not an object. */
  public Optional<ModelConfig> section(String key) {
    JsonNode node = value(key);
    return node != null && node.isObject()
        ? Optional.of(new ModelConfig(file, node, ConfigDefaults.none()))
        : Optional.empty();
  }

  /** Whether it has no key at all. */
  public boolean isEmpty() {
    return root.isEmpty();
  }

  /** These settings, with those of another object instead where it has some. */
  public ModelConfig with(ModelConfig other) {
    ObjectNode both = root.deepCopy();
    return new ModelConfig(file, both.setAll((ObjectNode) other.root), defaults);
  }

  /** Whether a key's value is a list. */
  public boolean isList(String key) {
    return value(key) != null && value(key).isArray();
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
          label != null && label.isValueNode() && !label.isNull(),
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
    return value(key);
  }
}
