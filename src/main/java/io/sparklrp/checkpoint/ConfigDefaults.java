package io.sparklrp.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What Hugging Face's configuration class of a {@code model_type} takes where {@code config.json}
 * leaves a key out, and the other names that keys have: what {@code scripts/config-defaults} wrote.
 */
final class ConfigDefaults {
  private static final JsonNode MODELS = load();

  private final JsonNode defaults;
  private final JsonNode aliases;

  private ConfigDefaults(JsonNode model) {
    this.defaults = model.path("defaults");
    this.aliases = model.path("aliases");
  }

  private static JsonNode load() {
    try (InputStream stream = ConfigDefaults.class.getResourceAsStream("config-defaults.json")) {
      return new ObjectMapper().readTree(stream);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read config-defaults.json from the jar", e);
    }
  }

  /** Those of a type; nothing is known of types that are not supported. */
  static ConfigDefaults of(String modelType) {
    return new ConfigDefaults(MODELS.path("models").path(modelType));
  }

  /** No defaults: settings that are no model's. */
  static ConfigDefaults none() {
    return new ConfigDefaults(MissingNode.getInstance());
  }

  /** The types whose language models read on from left to right, supported or not. */
  static boolean isCausal(String modelType) {
    return contains("causal", modelType);
  }

  /** The types whose language models fill gaps, supported or not. */
  static boolean isMasked(String modelType) {
    return contains("masked", modelType);
  }

  private static boolean contains(String list, String modelType) {
    for (JsonNode type : MODELS.path(list)) {
      if (type.asText().equals(modelType)) {
        return true;
      }
    }
    return false;
  }

  /**
   * What a configuration says of a key: by another name of it, by its own, or by its default.
   *
   * @return null where it says nothing
   */
  JsonNode value(JsonNode config, String key) {
    String name = aliases.path(key).asText(key);
    for (String alias : aliasesOf(name)) {
      if (config.has(alias)) {
        return config.get(alias); // as in Hugging Face, it is set after the key itself
      }
    }
    return config.has(name) ? config.get(name) : defaults.get(name);
  }

  private List<String> aliasesOf(String name) {
    List<String> found = new ArrayList<>();
    aliases
        .properties()
        .forEach(
            alias -> {
              if (alias.getValue().asText().equals(name)) {
                found.add(alias.getKey());
              }
            });
    return found;
  }
}
